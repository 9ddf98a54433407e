import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request for a file, as a test sees it. */
export interface FileRequest {
  readonly method: string
  readonly name: string
  readonly range: string | undefined
}

/** Files behind addresses `/files/<name>`, and what a test lets go wrong with them. */
export function openFileShelf() {
  const files = new Map<string, Buffer>()
  const requests: FileRequest[] = []
  /** Answers a request wrongly; undefined leaves it as it is. */
  let trouble: ((request: FileRequest, response: ServerResponse, content: Buffer) => boolean) | undefined
  const get = (request: FileRequest, response: ServerResponse) => {
    const content = files.get(request.name)
    if (content === undefined) return response.writeHead(404).end()
    if (trouble?.(request, response, content) === true) return response
    const [, from = ''] = /^bytes=(\d+)-$/.exec(request.range ?? '') ?? []
    if (from === '') return response.writeHead(200, { 'content-length': content.length }).end(content)
    if (Number(from) >= content.length) return response.writeHead(416).end()
    const rest = content.subarray(Number(from))
    const range = `bytes ${from}-${content.length - 1}/${content.length}`
    return response.writeHead(206, { 'content-length': rest.length, 'content-range': range }).end(rest)
  }
  return {
    files,
    requests,
    /** Lets requests go wrong that it takes for its own. */
    trouble(wrong: typeof trouble) {
      trouble = wrong
    },
    serve(request: IncomingMessage, response: ServerResponse): void {
      const name = request.url!.slice('/files/'.length)
      const { method = 'GET' } = request
      const one = { method, name, range: request.headers.range }
      requests.push(one)
      if (method === 'GET') return void get(one, response)
      buffer(request).then(
        (content) => {
          if (trouble?.(one, response, content) === true) return
          files.set(name, content)
          response.writeHead(201).end()
        },
        () => {},
      )
    },
  }
}
