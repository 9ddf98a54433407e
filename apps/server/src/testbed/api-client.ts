import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** An answer of the API. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
  readonly headers: Headers
}

/** What a request carries. */
export interface Request {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Before the path; the API's own unless told. */
  readonly prefix?: string
}

/** Asks the API as any program would. */
export type Api = (method: string, path: string, request?: Request) => Promise<Answer>

/** The API behind a gateway's address. */
export function openApi(url: string): Api {
  return async (method, route, { token, body, headers, prefix = '/api/v1' } = {}) => {
    const response = await fetch(`${url}${prefix}${route}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
}

/** Waits until something is so; fails after so many seconds. */
export async function eventually<Result>(
  seconds: number,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`it did not come in ${seconds} s`)
    await setTimeout(100)
  }
}

/** The mails to an address, as files of an installation without a mail server. */
export async function readMails(home: string, to: string): Promise<string[]> {
  const folder = path.join(home, 'mail')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort()
  const mails = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return mails.filter((mail) => mail.includes(`To: ${to}`))
}

/** The code in the newest mail to an address. */
export function waitForCode(home: string, to: string): Promise<string> {
  return eventually(60, async () => /frv_[\w-]{43}/.exec((await readMails(home, to)).at(-1) ?? '')?.[0])
}

/** Registers somebody, proves their address and logs them in; gives their tokens. */
export async function joinTenant(
  api: Api,
  home: string,
  email: string,
): Promise<{ accessToken: string; refreshToken: string }> {
  const password = 'a long quiet evening'
  await api('POST', '/auth/register', { body: { email, password } })
  const token = await waitForCode(home, email)
  await api('POST', '/auth/verify-email', { body: { token } })
  return (await api('POST', '/auth/login', { body: { email, password } })).body
}
