import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A service's body on its way to the client. */
export interface GivenBody {
  readonly stream: Readable
  /** The first byte is there, or the end; fails where the body failed before: a problem can be answered still. */
  readonly begun: Promise<void>
  /** All of it went. Errors: the body's own, and an Error for one that isn't as long as its `content-length` says. */
  readonly ended: Promise<void>
}

/** Holds a body to the length that its answer announces: a client would wait for ever for what is missing. */
export function giveBody(body: Readable, announced: string | undefined): GivenBody {
  const length = announced === undefined ? undefined : Number(announced)
  const { promise: begun, resolve: begin, reject: fail } = Promise.withResolvers<void>()
  const wrong = () => new Error(`a body that was announced with ${length} bytes has ${bytes}`)
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (length !== undefined && bytes > length) return done(wrong())
      begin()
      done(null, chunk)
    },
    flush(done) {
      if (length !== undefined && bytes !== length) return done(wrong())
      begin()
      done()
    },
  })
  const ended = pipeline(body, stream)
  ended.catch(fail)
  begun.catch(() => {})
  return { stream, begun, ended }
}
