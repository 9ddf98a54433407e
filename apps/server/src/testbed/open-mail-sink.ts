import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A mail that was taken. */
export interface SunkMail {
  readonly text: string
  /** Its Message-ID, without angle brackets. */
  readonly id: string
}

/** A mail server of a test's own that keeps what it was given. */
export interface MailSink {
  readonly url: string
  /** All that it took, whether or not its word for it has gone out yet. */
  readonly mails: readonly SunkMail[]
  /** How many it has taken without having said so. */
  inHand(): number
  close(): Promise<void>
}

/** Opens one on a free port. It speaks as much SMTP (RFC 5321) as a client that trusts it needs; `pause` ms for a mail. */
export async function openMailSink(pause: number): Promise<MailSink> {
  const mails: SunkMail[] = []
  const waiting = new Set<NodeJS.Timeout>()
  const take = (text: string, said: () => void) => {
    mails.push({ text, id: /^Message-ID: <(.*)>/im.exec(text)?.[1] ?? '' })
    const timer = setTimeout(() => {
      waiting.delete(timer)
      said()
    }, pause)
    waiting.add(timer)
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // Who is killed in the middle of a mail hasn't sent it.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    serve(socket, take)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    inHand: () => waiting.size,
    async close() {
      for (const timer of waiting) clearTimeout(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function serve(socket: Socket, take: (text: string, said: () => void) => void): void {
  let rest = ''
  let inMail = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 sink')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    rest += chunk
    for (;;) {
      const end = inMail ? '\r\n.\r\n' : '\r\n'
      const index = rest.indexOf(end)
      if (index < 0) return
      const text = rest.slice(0, index)
      rest = rest.slice(index + end.length)
      if (inMail) {
        inMail = false
        take(text, () => say('250 kept'))
      } else if (/^DATA/i.test(text)) {
        inMail = true
        say('354 go on')
      } else if (/^QUIT/i.test(text)) {
        say('221 bye')
        socket.end()
      } else say('250 sink')
    }
  })
}
