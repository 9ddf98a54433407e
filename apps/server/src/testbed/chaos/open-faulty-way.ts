import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { Dice } from './open-dice.ts'

/** What may happen on the way; each is a share of the requests that it is about, 0 to 1. */
export interface Faults {
  /** A request is held for up to two seconds. */
  readonly delayed: number
  /** A report is sent twice; the node hears the second answer. */
  readonly doubled: number
  /** The server hears a report, and the node doesn't hear the answer. */
  readonly unanswered: number
  /** A bit of a file on its way to the storage is turned over. */
  readonly corrupted: number
}

/** The network between a node and the server. */
export interface FaultyWay {
  /** What the node takes for the server. */
  readonly url: string
  /** What has happened so far. */
  readonly counts: Record<keyof Faults | 'cut', number>
  /** Leads to another server from now on: it was started anew. */
  lead(target: string): void
  /** Lets nothing through until `mend`, and ends what is under way. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

const REPORTS = /^\/node\/v1\/(complete|fail|report|beat|release)$/
const SLOWEST = 2000

/** Opens a proxy at an address of this machine that passes everything on, but for what befalls it. */
export async function openFaultyWay(
  target: string,
  dice: Dice,
  { faults, address }: { readonly faults: Faults; readonly address: string },
): Promise<FaultyWay> {
  let goal = new URL(target)
  let isCut = false
  const counts = { delayed: 0, doubled: 0, unanswered: 0, corrupted: 0, cut: 0 }
  const happens = (fault: keyof Faults): boolean => {
    const does = dice.chance(faults[fault])
    if (does) counts[fault]++
    return does
  }

  const passOn = (incoming: IncomingMessage, body: Buffer) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { method, url, headers } = incoming
      const outgoing = request(
        { host: goal.hostname, port: goal.port, method, path: url, headers: { ...headers, host: goal.host } },
        resolve,
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (isCut) return void incoming.socket.destroy()
    const isReport = REPORTS.test(incoming.url ?? '')
    const body = await buffer(incoming)
    if (happens('delayed')) await setTimeout(dice.below(SLOWEST))
    if (incoming.method === 'PUT' && body.length > 0 && happens('corrupted'))
      body[dice.below(body.length)]! ^= 1 << dice.below(8)
    if (isReport && happens('doubled')) await (await passOn(incoming, body)).resume()
    const answered = await passOn(incoming, body)
    if (isCut || (isReport && happens('unanswered'))) {
      answered.resume()
      return void incoming.socket.destroy()
    }
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.on('error', () => outgoing.destroy()).pipe(outgoing)
  }

  const server = createServer((incoming, outgoing) => {
    // Whatever ends between the two ends for the node as a connection does that breaks.
    answer(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.listen(0, address)
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    counts,
    lead(next) {
      goal = new URL(next)
    },
    cut() {
      isCut = true
      counts.cut++
      server.closeAllConnections()
    },
    mend() {
      isCut = false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
