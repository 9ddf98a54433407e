// A client of a test's own, in a process of its own: `move-bytes.ts up|down <url> <bytes> <authorization>`.
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const [way, url = '', size = '0', authorization = ''] = process.argv.slice(2)
const bytes = Number(size)
const sent = request(url, { method: way === 'up' ? 'PUT' : 'GET', headers: { authorization } })
const answered = once(sent, 'response') as Promise<[IncomingMessage]>
await pipeline(Readable.from(makeBytes(way === 'up' ? bytes : 0), { objectMode: false }), sent)
const [answer] = await answered
let heard = 0
for await (const chunk of answer) {
  heard += (chunk as Buffer).length
  if (way === 'up') process.stdout.write(chunk as Buffer)
}
if (way === 'down') process.stdout.write(JSON.stringify({ bytes: heard }))

async function* makeBytes(bytes: number) {
  const part = Buffer.alloc(65_536, 'up')
  for (let made = 0; made < bytes; made += part.length)
    yield part.subarray(0, Math.min(part.length, bytes - made))
}
