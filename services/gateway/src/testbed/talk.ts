import { once } from 'node:events'
import { connect } from 'node:net'

/** Says something on a bare connection, and gives all that is heard until it ends. */
export async function talk(port: number, ...said: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk
  })
  const ended = once(socket, 'close')
  for (const text of said) socket.write(text)
  await ended
  return heard
}
