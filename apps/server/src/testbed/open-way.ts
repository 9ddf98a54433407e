import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way between two processes, on which a test can hold answers up. */
export interface Way {
  readonly port: number
  /**
   * From now on, whoever has asked for what `question` matches gets no byte of the answer. Gives what was held up so far.
   * The connection ends when either end does, and what was held up is lost.
   */
  hold(question: RegExp): () => string
  close(): Promise<void>
}

/** So much of what was asked on a connection is looked at, characters. */
const REMEMBERED = 100_000

/** Opens a way to a port of this machine. */
export async function openWay(target: number): Promise<Way> {
  const sockets = new Set<Socket>()
  let question: RegExp | undefined
  let held = ''
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    let asked = ''
    let holds = false
    near.on('data', (chunk) => {
      asked = (asked + chunk.toString('latin1')).slice(-REMEMBERED)
      holds ||= question?.test(asked) === true
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (holds) held += chunk.toString('latin1')
      else near.write(chunk)
    })
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(end)
      // Processes are killed at both ends: that is what this is for.
      end.on('error', () => {})
      end.on('close', () => {
        sockets.delete(end)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    hold(wanted) {
      question = wanted
      held = ''
      return () => held
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
