import { Readable } from 'node:stream'
import type { Client, Connection } from 'pg'

/** Rows are small: so many bytes of them go on together. */
const CHUNK_BYTES = 64 * 1024

/** What a COPY gives: its text, and how many rows it was once that is read to the end. */
export interface CopyOut {
  readonly text: Readable
  rows(): number
}

/**
 * Runs `copy … to stdout`. No more is taken from the server than is read. Whatever goes wrong is an error of the stream.
 */
export function copyOut(client: Client, statement: string): CopyOut {
  let socket: Connection['stream'] | undefined
  let waiting: Buffer[] = []
  let bytes = 0
  let rows = 0
  const text = new Readable({ highWaterMark: 4 * CHUNK_BYTES, read: () => void socket?.resume() })
  const pass = () => {
    if (bytes > 0 && !text.push(Buffer.concat(waiting))) socket?.pause()
    waiting = []
    bytes = 0
  }
  // pg hands the server's messages to whatever has these methods.
  client.query({
    submit(connection: Connection) {
      socket = connection.stream
      connection.query(statement)
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      // The bytes belong to pg, which writes the next message over them.
      waiting.push(Buffer.from(chunk))
      bytes += chunk.length
      if (bytes >= CHUNK_BYTES) pass()
    },
    handleCommandComplete(message: { text: string }) {
      rows = readCount(message.text)
    },
    handleReadyForQuery() {
      pass()
      text.push(null)
    },
    handleError(error: Error) {
      text.destroy(error)
    },
  })
  return { text, rows: () => rows }
}

/** The number in `COPY 12`. */
export function readCount(tag: string): number {
  return Number(/^COPY (\d+)$/.exec(tag)?.[1])
}
