import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** A mail server of a test's own that keeps what it was given. */
export interface MailSink {
  readonly url: string
  /** The mails to an address, whole. */
  mailsTo(address: string): readonly string[]
  close(): Promise<void>
}

/** Opens one on a free port. It speaks as much SMTP (RFC 5321) as a client that trusts it needs. */
export async function openMailSink(): Promise<MailSink> {
  const mails: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // Who is killed in the middle of a mail hasn't sent it.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    serve(socket, mails)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mailsTo: (address) => mails.filter((mail) => mail.includes(`To: ${address}`)),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function serve(socket: Socket, mails: string[]): void {
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
        mails.push(text)
        say('250 kept')
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
