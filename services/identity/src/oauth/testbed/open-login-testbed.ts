import type { Call } from '@flatrender/contracts/call'
import { callWith, enterAsOwner, openTestbed, visit } from '../../testbed/open-testbed.ts'
import { browse, type Claims, openOpenidServer, REDIRECT_URI } from './openid-server.ts'

/** The service with an OpenID server beside it, at which the tests' people have accounts. */
export type LoginTestbed = Awaited<ReturnType<typeof openLoginTestbed>>

/** Starts both, and adds the server as the provider `work` of the default tenant. */
export async function openLoginTestbed() {
  const stack = new AsyncDisposableStack()
  try {
    return await fill(stack)
  } catch (error) {
    // What stays open would keep the test's process from ending, and nobody would hear of the failure.
    await stack.disposeAsync()
    throw error
  }
}

async function fill(stack: AsyncDisposableStack) {
  const testbed = await openTestbed({ localProviders: true, providerMilliseconds: 1500 })
  stack.defer(() => testbed.close())
  const people = new Map<string, Claims>()
  const { close: closeServer, ...server } = await openOpenidServer(people)
  stack.defer(closeServer)
  const owner = await enterAsOwner(testbed)
  const addProvider = (key: string, more: { trustsEmail?: boolean } = {}, by: Call = owner) =>
    testbed.client.oauth.createProvider(
      { key, kind: 'oidc', name: 'Work', ...server, redirectUris: [REDIRECT_URI], ...more },
      { context: by },
    )
  const work = await addProvider('work')
  const begin = (provider = 'work', call = visit()) =>
    testbed.client.oauth.begin({ provider, redirectUri: REDIRECT_URI }, { context: call })
  /** Goes to the server and comes back with what `finish` is sent. */
  const travel = async (login: string, provider = 'work', call = visit()) => {
    const { authorizationUrl, handle } = await begin(provider, call)
    return { handle, ...(await browse(authorizationUrl, { login })) }
  }
  return {
    testbed,
    people,
    server,
    owner,
    work,
    addProvider,
    begin,
    travel,
    /** Logs somebody in who has no second factor; gives the call that it makes. */
    async enter(login: string, provider = 'work'): Promise<Call> {
      const answer = await testbed.client.oauth.finish(await travel(login, provider), { context: visit() })
      if (!('accessToken' in answer)) throw new Error(`${login} has a second factor`)
      return callWith(answer.accessToken)
    },
    close: () => stack.disposeAsync(),
  }
}
