import { openWebServer } from '@flatrender/platform/testkit'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** What an ID token says, and by whose key. */
export interface BentToken {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly nonce: string
  readonly key?: 'ours' | 'another'
}

/** An OpenID server that answers every code with whatever ID token the test bends. */
export async function openBentServer() {
  const web = await openWebServer()
  const [ours, another] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  let bent: BentToken = { nonce: '' }
  let described: Record<string, unknown> = {}
  const usual = {
    issuer: web.url,
    authorization_endpoint: `${web.url}/authorize`,
    token_endpoint: `${web.url}/token`,
    jwks_uri: `${web.url}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
  const sign = async () => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: web.url,
      aud: 'flatrender',
      sub: 'mina',
      iat: now,
      exp: now + 60,
      nonce: bent.nonce,
    }
    const told = { email: 'mina@example.com', email_verified: true }
    return new SignJWT({ ...claims, ...told, ...bent.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(bent.key === 'another' ? another.privateKey : ours.privateKey)
  }
  const answers: Record<string, () => Promise<object>> = {
    '/.well-known/openid-configuration': async () => ({ ...usual, ...described }),
    '/jwks': async () => ({ keys: [jwk] }),
    '/token': async () => ({ access_token: 'any', token_type: 'bearer', id_token: await sign() }),
  }
  web.answer((request, response) => {
    const answer = answers[request.url!]
    if (answer === undefined) return void response.writeHead(404).end()
    void answer().then((body) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    })
  })
  return {
    issuer: web.url,
    /** What the next tokens are. */
    bend: (token: BentToken) => {
      bent = token
    },
    /** What it says of itself beside the usual. */
    describe: (more: Record<string, unknown>) => {
      described = more
    },
    close: web.close,
  }
}
