import { calculatePKCECodeChallenge } from 'openid-client'
import { z } from 'zod'
import { describePerson } from './describe-person.ts'
import { refuseAnswer } from './explain-failure.ts'
import type { ProviderRequest } from './fetch-provider.ts'
import type { Arrival, LoginTrip, Person, Provider } from './provider.ts'

const granted = z.object({ access_token: z.string().min(1) })
const refused = z.object({ error: z.string() })
const githubUser = z.object({ id: z.int().positive(), name: z.string().nullish(), login: z.string() })
const addresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

/** Where a browser goes to log in at GitHub, which speaks OAuth of its own and no OpenID. */
export async function addressGithub(provider: Provider, { redirectUri, state, secrets }: LoginTrip) {
  const url = new URL(`${root(provider)}/login/oauth/authorize`)
  url.search = new URLSearchParams({
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: provider.scopes.join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: 'S256',
  }).toString()
  return url.href
}

/** Who came back from GitHub. Errors: OAUTH_PROVIDER_UNREACHABLE, OAUTH_ANSWER_INVALID. */
export async function meetByGithub(
  provider: Provider,
  { redirectUri, secrets }: LoginTrip,
  { code }: Arrival,
): Promise<Person> {
  const answer = await ask(provider, `${root(provider)}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: provider.clientId,
      client_secret: provider.clientSecret ?? '',
      code,
      redirect_uri: redirectUri,
      code_verifier: secrets.verifier,
    }),
  })
  // A refusal comes with 200 too.
  const no = refused.safeParse(answer)
  if (no.success) throw refuseAnswer(provider, `it says ${no.data.error}`)
  const { access_token: token } = read(provider, granted, answer)
  const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` }
  const user = read(provider, githubUser, await ask(provider, `${api(provider)}/user`, { headers }))
  const known = read(provider, addresses, await ask(provider, `${api(provider)}/user/emails`, { headers }))
  const chosen = known.find(({ primary }) => primary) ?? known.find(({ verified }) => verified)
  return describePerson({
    subject: String(user.id),
    email: chosen?.email,
    emailVerified: chosen?.verified,
    name: user.name ?? user.login,
  })
}

async function ask(provider: Provider, url: string, request: ProviderRequest): Promise<unknown> {
  // GitHub answers nobody who doesn't say their name.
  const headers = { 'user-agent': 'FlatRender', ...request.headers }
  const answer = await provider.fetch(url, { ...request, headers })
  if (!answer.ok) throw refuseAnswer(provider, `it answers with ${answer.status}`)
  const text = await answer.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuseAnswer(provider, 'its answer is no JSON', error)
  }
}

function read<Value>(provider: Provider, schema: z.ZodType<Value>, answer: unknown): Value {
  const parsed = schema.safeParse(answer)
  if (!parsed.success) throw refuseAnswer(provider, 'its answer has another form', parsed.error)
  return parsed.data
}

function root({ issuer }: Provider): string {
  return issuer.replace(/\/+$/, '')
}

/** github.com has a host of its own for it, an installation of one's own a path. */
function api(provider: Provider): string {
  const { hostname } = new URL(provider.issuer)
  return hostname === 'github.com' ? 'https://api.github.com' : `${root(provider)}/api/v3`
}
