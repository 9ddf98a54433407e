import { openWebServer } from '@flatrender/platform/testkit'
import { Provider } from 'oidc-provider'

/** What an OpenID server knows of a person; the key is their id there, and what they log in with. */
export type Claims = Readonly<Record<string, unknown>>

/** Where our front end would be. */
export const REDIRECT_URI = 'https://app.example.com/back'

/** A real OpenID server for one client of it; people log in by their id. */
export async function openOpenidServer(people: Map<string, Claims>) {
  const web = await openWebServer()
  const client = { clientId: 'flatrender', clientSecret: 'a secret between us two' }
  const provider = new Provider(web.url, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true } },
  })
  web.answer(provider.callback())
  return { ...client, issuer: web.url, close: web.close }
}

/** Where a browser ends up that logs in as somebody and agrees, or breaks off: what stands in the address. */
export async function browse(
  authorizationUrl: string,
  choice: { login: string } | 'break off',
): Promise<{ state: string; code?: string; error?: string; iss?: string }> {
  const cookies = new Map<string, string>()
  let answer = await visit(authorizationUrl, cookies)
  for (let step = 0; step < 12; step++) {
    const to = answer.headers.get('location')
    if (to?.startsWith(REDIRECT_URI)) return Object.fromEntries(new URL(to).searchParams) as { state: string }
    if (to !== null) {
      answer = await visit(new URL(to, answer.url).href, cookies)
      continue
    }
    const page = await answer.text()
    const [, action] = /action="([^"]+)"/.exec(page) ?? []
    const [, abort] = /href="([^"]+\/abort)"/.exec(page) ?? []
    if (choice === 'break off') answer = await visit(new URL(abort!, answer.url).href, cookies)
    else {
      const prompt = page.includes('value="login"') ? 'login' : 'consent'
      const body = new URLSearchParams({ prompt, login: choice.login, password: 'any' })
      answer = await visit(new URL(action!, answer.url).href, cookies, body)
    }
  }
  throw new Error(`the login never ended: ${answer.status} ${answer.url}`)
}

async function visit(url: string, cookies: Map<string, string>, body?: URLSearchParams): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { cookie },
    ...(body !== undefined && { method: 'POST', body }),
  })
  for (const set of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
    if (value === '') cookies.delete(name!)
    else cookies.set(name!, value!)
  }
  return answer
}
