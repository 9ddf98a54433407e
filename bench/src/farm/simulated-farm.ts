import { sign } from 'node:crypto'
import { Agent, request } from 'node:http'
import { NODE_API_PREFIX, NODE_TOKEN_AUDIENCE, NODE_TOKEN_SECONDS } from '@flatrender/contracts/node'
import type { SimulatedNode } from './seed-farm.ts'

/** A job as a simulated node has it: of the order it looks at nothing. */
export interface SimulatedJob {
  readonly tenantId: string
  readonly jobId: string
  readonly fence: number
}

/** Seconds before its end at which a token is shown no more. */
const SPARE = 10

/** Asks the farm over HTTP, as nodes do: what a node has signed it shows until it nears its end. */
export function openSimulatedFarm(url: string) {
  const { hostname, port } = new URL(url)
  const tokens = new Map<string, { readonly text: string; readonly until: number }>()
  const show = (node: SimulatedNode): string => {
    const known = tokens.get(node.id)
    if (known !== undefined && known.until > Date.now()) return known.text
    const text = signFor(node)
    tokens.set(node.id, { text, until: Date.now() + (NODE_TOKEN_SECONDS - SPARE) * 1000 })
    return text
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const ask = (node: SimulatedNode, procedure: string, input: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          hostname,
          port,
          agent,
          method: 'POST',
          path: `${NODE_API_PREFIX}/${procedure}`,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${show(node)}` },
        },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          answer.on('error', reject)
          answer.on('end', () => {
            if (answer.statusCode === 200) resolve(JSON.parse(text))
            else reject(new Error(`${procedure}: ${answer.statusCode} ${text.slice(0, 300)}`))
          })
        },
      )
      sent.on('error', reject)
      sent.end(JSON.stringify(input))
    })
  return {
    lease: async (node: SimulatedNode, want: number, waitSeconds = 0): Promise<SimulatedJob[]> =>
      ((await ask(node, 'lease', { want, memoryBytes: 4e9, waitSeconds })) as { jobs: SimulatedJob[] }).jobs,
    report: (node: SimulatedNode, jobs: readonly SimulatedJob[], workedMs: () => number) =>
      ask(node, 'report', {
        reports: jobs.map(({ tenantId, jobId, fence }) => ({
          tenantId,
          jobId,
          fence,
          workedMs: workedMs(),
          result: { kind: 'probe', info: { kind: 'sound', hash: 'ab'.repeat(32), seconds: 1 } },
        })),
      }),
    beat: (node: SimulatedNode, jobs: readonly SimulatedJob[]) =>
      ask(node, 'beat', {
        health: {
          cpuLoad: 0.5,
          memoryUsedBytes: 1e9,
          memoryTotalBytes: 16e9,
          diskUsedBytes: 1e9,
          diskTotalBytes: 1e11,
        },
        running: jobs.map(({ tenantId, jobId, fence }) => ({ tenantId, jobId, fence, framesDone: 0 })),
        takesWork: true,
        gained: [],
        dropped: [],
      }),
    close: () => agent.destroy(),
  }
}
/** The farm, as simulated nodes ask it. */
export type SimulatedFarm = ReturnType<typeof openSimulatedFarm>

const HEADER = encode({ alg: 'EdDSA' })

function signFor({ id, key }: SimulatedNode): string {
  const exp = Math.floor(Date.now() / 1000) + NODE_TOKEN_SECONDS
  const body = `${HEADER}.${encode({ sub: id, aud: NODE_TOKEN_AUDIENCE, exp })}`
  return `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
