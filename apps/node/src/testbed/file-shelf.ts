import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request for a file, as a test sees it. */
export interface FileRequest {
  readonly method: string
  readonly name: string
  readonly range: string | undefined
  /** Of a PUT, what it goes on with. */
  readonly contentRange?: string | undefined
}

/** Files behind addresses `/files/<name>`, and what a test lets go wrong with them. */
export function openFileShelf() {
  const files = new Map<string, Buffer>()
  /** What came of files whose way here broke. */
  const parts = new Map<string, Buffer>()
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
    parts,
    requests,
    /** Lets requests go wrong that it takes for its own. */
    trouble(wrong: typeof trouble) {
      trouble = wrong
    },
    serve(request: IncomingMessage, response: ServerResponse): void {
      const name = request.url!.slice('/files/'.length)
      const { method = 'GET' } = request
      const contentRange = request.headers['content-range']
      const one = { method, name, range: request.headers.range, ...(contentRange && { contentRange }) }
      requests.push(one)
      if (method === 'GET') return void get(one, response)
      if (method === 'HEAD')
        return void response.writeHead(204, { 'upload-offset': parts.get(name)?.length ?? 0 }).end()
      buffer(request).then(
        (content) => {
          if (trouble?.(one, response, content) === true) return
          const part = contentRange === undefined ? Buffer.alloc(0) : parts.get(name)!
          files.set(name, Buffer.concat([part, content]))
          response.writeHead(201).end()
        },
        () => {},
      )
    },
  }
}
