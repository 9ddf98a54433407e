import type { Client, Connection } from 'pg'
import { readCount } from './copy-out.ts'
import { waitForDrain } from './wait-for-drain.ts'

/** What pg has for this and its types don't tell. */
type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void
  sendCopyFail(reason: string): void
  endCopyFrom(): void
}

/**
 * Runs `copy … from stdin` with the text given, no faster than the server takes it. Gives the number of rows. Errors: those
 * of the server and of the text; either way nothing of it is in the table.
 */
export function copyIn(client: Client, statement: string, text: AsyncIterable<Buffer>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let rows = 0
  let ended = false
  let broken: unknown
  const send = async (connection: CopyConnection) => {
    try {
      for await (const chunk of text) {
        if (ended) return
        connection.sendCopyFromChunk(chunk)
        if (connection.stream.writableNeedDrain) await waitForDrain(connection.stream)
      }
      connection.endCopyFrom()
    } catch (error) {
      broken = error
      connection.sendCopyFail('the text could not be read')
    }
  }
  // pg hands the server's messages to whatever has these methods.
  client.query({
    submit: (connection: Connection) => void connection.query(statement),
    handleCopyInResponse: (connection: CopyConnection) => void send(connection),
    handleCommandComplete(message: { text: string }) {
      rows = readCount(message.text)
    },
    handleReadyForQuery: () => resolve(rows),
    handleError(error: Error) {
      ended = true
      reject(broken ?? error)
    },
  })
  return promise
}
