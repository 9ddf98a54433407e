import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** Bytes before a question (RFC 1035). */
const HEADER = 12
const [TXT, INTERNET, SECONDS] = [16, 1, 60]
const [ANSWERED, UNKNOWN_NAME, BROKEN] = [0, 3, 2]

/** A real name server on this machine, which knows TXT records and nothing else. */
export interface NameServer {
  /** Its address, as resolvers take it. */
  readonly address: string
  /** What it says, by small name. */
  readonly texts: Map<string, string[]>
  /** Does it answer that it can't? */
  broken: boolean
  close(): Promise<void>
}

/** Starts one, by UDP. */
export async function openNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4')
  const texts = new Map<string, string[]>()
  const server: NameServer = {
    get address() {
      const { address, port } = socket.address()
      return `${address}:${port}`
    },
    texts,
    broken: false,
    close: async () => {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
  socket.on('message', (query, { address, port }) => {
    const end = endOfQuestion(query)
    const known = server.broken ? undefined : texts.get(readName(query).toLowerCase())
    const code = server.broken ? BROKEN : known === undefined ? UNKNOWN_NAME : ANSWERED
    const header = Buffer.from(query.subarray(0, HEADER))
    header.writeUInt16BE(0x81_80 + code, 2)
    header.writeUInt16BE(known?.length ?? 0, 6)
    // No authorities, and nothing additional, whatever the question brought.
    header.writeUInt32BE(0, 8)
    const answers = (known ?? []).map(writeText)
    socket.send(Buffer.concat([header, query.subarray(HEADER, end), ...answers]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return server
}

function readName(query: Buffer): string {
  const parts: string[] = []
  for (let at = HEADER; query[at] !== 0; at += query[at]! + 1)
    parts.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
  return parts.join('.')
}

/** After the name come its zero, the type and the class. */
function endOfQuestion(query: Buffer): number {
  return query.indexOf(0, HEADER) + 5
}

/** A TXT record of the name that was asked for, in several parts, as name servers cut long ones. */
function writeText(text: string): Buffer {
  const parts = text.match(/.{1,20}/gs) ?? ['']
  const data = Buffer.concat(
    parts.map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`, 'latin1')),
  )
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc0_00 + HEADER, 0)
  head.writeUInt16BE(TXT, 2)
  head.writeUInt16BE(INTERNET, 4)
  head.writeUInt32BE(SECONDS, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
