import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { openWebServer } from '@flatrender/platform/testkit'

/** An address of somebody at GitHub. */
interface GithubAddress {
  readonly email: string
  readonly primary: boolean
  readonly verified: boolean
}

/** How the server behaves. */
export interface GithubMood {
  readonly id: number
  readonly addresses: readonly GithubAddress[]
  /** Of all it answers; 200 unless told. */
  readonly status?: number
  /** Never answers. */
  readonly silent?: boolean
  /** What it sends instead of a token. */
  readonly tokenAnswer?: unknown
}

/** GitHub's own endpoints, as its documentation tells of them; it looks at PKCE and at the token. */
export async function openGithubServer() {
  const web = await openWebServer()
  let mood: GithubMood = { id: 1, addresses: [] }
  let challenge = ''
  const authorization = 'Bearer gho_test'
  web.answer(async (request, response) => {
    if (mood.silent) return
    const say = (status: number, body: unknown) => {
      response.writeHead(mood.status ?? status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/login/oauth/access_token') {
      const form = new URLSearchParams(await text(request))
      const shown = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const right = form.get('client_secret') === 'github secret' && shown === challenge
      const token = { access_token: 'gho_test', token_type: 'bearer', scope: 'user:email' }
      return say(200, mood.tokenAnswer ?? (right ? token : { error: 'bad_verification_code' }))
    }
    if (request.headers.authorization !== authorization || !request.headers['user-agent'])
      return say(401, { message: 'Bad credentials' })
    if (request.url === '/api/v3/user') return say(200, { id: mood.id, login: 'mina', name: null })
    if (request.url === '/api/v3/user/emails') return say(200, mood.addresses)
    say(404, { message: 'Not Found' })
  })
  return {
    issuer: web.url,
    /** Lets somebody agree at the page where a browser was sent. */
    agree(authorizationUrl: string, next: GithubMood) {
      const { searchParams } = new URL(authorizationUrl)
      challenge = searchParams.get('code_challenge')!
      mood = next
      return { state: searchParams.get('state')!, code: 'a code' }
    },
    close: web.close,
  }
}
