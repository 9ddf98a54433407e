import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a path gives: a file's bytes, a text, or undefined for “no such thing”. `body` is what was posted. */
export type Answer = (path: string, body: string) => Promise<Uint8Array | string | undefined>

/** A running server of this machine's alone. */
export interface AnswerServer {
  /** Ends with a slash. */
  readonly origin: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  wasm: 'application/wasm',
}

/** Serves answers to a browser on 127.0.0.1. What an answer throws is a 500 with its message. */
export async function serveAnswers(answer: Answer): Promise<AnswerServer> {
  const server = createServer(async (request, response) => {
    try {
      const name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1)
      const content = await answer(name, await readBody(request))
      const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      response.writeHead(content === undefined ? 404 : 200, { 'content-type': type })
      response.end(content)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
