import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { errorDefinitions, FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import {
  type LeasedJob,
  NODE_API_PREFIX,
  NODE_TOKEN_AUDIENCE,
  type NodeWish,
  nodeContract,
} from '@flatrender/contracts/node'
import type { AnyContractProcedure } from '@orpc/contract'
import { jwtVerify } from 'jose'
import type { ZodType } from 'zod'
import { openFileShelf } from './file-shelf.ts'

type Procedure = keyof typeof nodeContract
/** A request that a node made. */
export interface Asked {
  readonly procedure: Procedure
  // biome-ignore lint/suspicious/noExplicitAny: tests look into requests of every shape.
  readonly input: any
}

/** What a test decides about its farm. */
export interface FarmRules {
  /** Milliseconds by which its clock is ahead of ours. */
  ahead?: number
  /** What it wants of the node; to work unless told. */
  wish?: NodeWish
  /** Answers instead of it, or throws; undefined leaves the answer as it is. */
  intervene?: (asked: Asked) => Promise<object | undefined> | object | undefined
  /** Cuts the connection once the answer is made, before it is heard. */
  cut?: (asked: Asked) => boolean
}

const TOKEN = 'enrol-me-once-and-only-once'
const NODE = '00000000-0000-7000-8000-00000000000b'

/**
 * A farm of a test's own: it speaks the contract over HTTP and gives out the jobs that it is told to, once each. Files lie on
 * a shelf behind signed-looking addresses.
 */
export async function openFarmServer(rules: FarmRules = {}) {
  const asked: Asked[] = []
  const jobs: LeasedJob[] = []
  const listeners = new Set<() => void>()
  const shelf = openFileShelf()
  let publicKey: KeyObject | undefined
  let known = ''

  const keys: string[] = []
  const know = (key: string) => {
    known = key
    keys.push(key)
    publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
    return { nodeId: NODE, name: 'one' }
  }

  const admit = async (procedure: Procedure, request: IncomingMessage) => {
    if (procedure === 'enrol') return
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    if (publicKey === undefined) throw new FlatRenderError('NODE_UNKNOWN')
    const currentDate = new Date(Date.now() + (rules.ahead ?? 0))
    const { payload } = await jwtVerify(token, publicKey, {
      audience: NODE_TOKEN_AUDIENCE,
      currentDate,
    }).catch((error: { code?: string }) => {
      throw new FlatRenderError(error.code === 'ERR_JWT_EXPIRED' ? 'NODE_SIGNATURE_STALE' : 'NODE_UNKNOWN')
    })
    const left = payload.exp! - currentDate.getTime() / 1000
    if (left > 65) throw new FlatRenderError('NODE_SIGNATURE_STALE')
    if (payload.sub !== NODE) throw new FlatRenderError('NODE_UNKNOWN')
  }
  const answers: Record<Procedure, (input: Asked['input'], response: ServerResponse) => Promise<object>> = {
    async enrol({ token, publicKey: key }) {
      if (token !== TOKEN || (known !== '' && known !== key))
        throw new FlatRenderError('NODE_ENROLMENT_REFUSED')
      return know(key)
    },
    async start() {
      return { name: 'one', heartbeatSeconds: 0.2, leaseSeconds: 5 }
    },
    async lease({ want }, response) {
      if (jobs.length === 0)
        await new Promise<void>((resolve) => {
          const wake = () => {
            listeners.delete(wake)
            resolve()
          }
          listeners.add(wake)
          response.once('close', wake)
        })
      const { wish = 'work' } = rules
      return { jobs: response.destroyed || wish !== 'work' ? [] : jobs.splice(0, want), wish }
    },
    beat: async () => ({ lost: [], wish: rules.wish ?? 'work' }),
    complete: async () => ({}),
    fail: async () => ({}),
    reportMany: ({ reports }) => hearReports(reports),
    release: async () => ({}),
  }
  /** Reports that come together count as if each had come by itself. */
  const hearReports = async (reports: Asked['input'][]) => {
    const lost: unknown[] = []
    for (const input of reports) {
      const one = { procedure: 'result' in input ? 'complete' : 'fail', input } as const
      asked.push(one)
      try {
        await rules.intervene?.(one)
      } catch (error) {
        if (!isFlatRenderError(error, 'LEASE_LOST')) throw error
        lost.push(input)
      }
    }
    return { lost }
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const procedure = nameOf(request.url!.slice(NODE_API_PREFIX.length))
    await admit(procedure, request)
    const contract = nodeContract[procedure] as AnyContractProcedure
    const input = (contract['~orpc'].inputSchema as ZodType).parse(await json(request)) as Asked['input']
    const one = { procedure, input }
    asked.push(one)
    // Of reports that come together each is looked at by itself.
    const instead = procedure === 'reportMany' ? undefined : await rules.intervene?.(one)
    const told = instead ?? (await answers[procedure](input, response))
    const reports: Asked['input'][] = procedure === 'reportMany' ? input.reports : []
    const heard = reports.map((report) => ({ procedure: 'complete' as const, input: report }))
    if ([one, ...heard].some((each) => rules.cut?.(each))) response.destroy()
    return (contract['~orpc'].outputSchema as ZodType).parse(told) as object
  }
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(NODE_API_PREFIX)) return shelf.serve(request, response)
    response.setHeader('date', new Date(Date.now() + (rules.ahead ?? 0)).toUTCString())
    response.setHeader('content-type', 'application/json')
    answer(request, response).then(
      (told) => response.end(JSON.stringify(told)),
      (error: unknown) => {
        if (!isFlatRenderError(error))
          return response.writeHead(500).end(JSON.stringify({ message: `${error}` }))
        const { code, data } = error
        response.setHeader('content-type', 'application/problem+json; charset=utf-8')
        response.writeHead(errorDefinitions[code].status).end(JSON.stringify({ code, data }))
      },
    )
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    token: TOKEN,
    shelf,
    rules,
    /** Takes whoever has this key for its node, without a token. */
    know,
    /** Keys of those who became its node. */
    keys,
    /** What was asked of a procedure, so far. */
    asked: (procedure: Procedure) =>
      asked.filter((one) => one.procedure === procedure).map(({ input }) => input),
    /** Has jobs to give. */
    offer(...more: LeasedJob[]) {
      jobs.push(...more)
      for (const wake of [...listeners]) wake()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Which procedure has this path. */
function nameOf(path: string): Procedure {
  const found = Object.entries(nodeContract).find(([, one]) => one['~orpc'].route.path === path)
  return found?.[0] as Procedure
}

/** SHA-256, hexadecimal. */
export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
