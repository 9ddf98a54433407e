import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { derivePassword, withClient } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import { openSecretKey } from '@flatrender/platform/secrets'
import { startServer } from '../api/start-server.ts'
import { startBenchNode } from './start-bench-node.ts'

/** An installation of the bench's own, with real nodes of one worker each. */
export interface BenchFarm {
  /** Its gateway's address. */
  readonly url: string
  /** Asks the API as its owner, whose plan holds nothing back. Throws for what isn't a success. */
  ask<Answer>(method: string, route: string, body?: object): Promise<Answer>
  /** The headers by which its owner asks. */
  readonly headers: Readonly<Record<string, string>>
  /** Asks PostgreSQL, as who owns all of it. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Lets so many of the nodes work, and the others rest. */
  work(nodes: number): Promise<void>
  close(): Promise<void>
}

const LIMIT = '100000000'
/** Milliseconds after which every node has heard what is wanted of it: by its next beat. */
const HEARD = 6_000

/** Starts PostgreSQL (with fsync), the server and so many nodes, each on a core of its own. */
export async function openBenchFarm(nodes: number): Promise<BenchFarm> {
  const stack = new AsyncDisposableStack()
  try {
    const home = await mkdtemp(path.join(tmpdir(), 'flatrender-bench-nodes-'))
    stack.defer(() => rm(home, { recursive: true, force: true }))
    const password = derivePassword(await openSecretKey(home, undefined), 'flatrender')
    const postgres = await startPostgres({ folder: path.join(home, 'postgres'), password, durable: true })
    stack.defer(() => postgres.close())
    const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
      withClient(
        postgres.url('flatrender'),
        async (client) => (await client.query<Row>(text, [...values])).rows,
      )
    const environment = {
      FLATRENDER_HOME: home,
      FLATRENDER_PORT: '0',
      FLATRENDER_NODE_WORKERS: '0',
      // Two nodes and whoever watches are one address here, and get files as visitors do.
      FLATRENDER_GATEWAY_VISITOR_LIMIT: LIMIT,
      FLATRENDER_GATEWAY_USER_LIMIT: LIMIT,
      FLATRENDER_GATEWAY_TENANT_LIMIT: LIMIT,
    }
    const server = await startServer('apps/server/src/main.ts', environment, /Running at \S+;/)
    stack.defer(() => server.stop())
    const url = /Running at (\S+);/.exec(server.text)?.[1] ?? ''
    const login = { email: 'owner@flatrender.local', password: /their password (\S+)/.exec(server.text)?.[1] }
    const headers: Record<string, string> = {}
    const ask = async <Answer>(method: string, route: string, body?: object): Promise<Answer> => {
      const answer = await fetch(`${url}/api/v1${route}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${text}`)
      return JSON.parse(text) as Answer
    }
    const logIn = async () => {
      delete headers.authorization
      const { accessToken } = await ask<{ accessToken: string }>('POST', '/auth/login', login)
      headers.authorization = `Bearer ${accessToken}`
    }
    await logIn()
    await query(
      `update identity.plans set has_watermark = false, concurrent_renders = 100, max_short_side_pixels = 2160,
        monthly_minutes = 1000000`,
    )
    const { id: accountId } = await ask<{ id: string }>('GET', '/me')
    await ask('POST', '/credits/grants', { accountId, amount: 1_000_000, reference: 'bench' })
    const ids: string[] = []
    for (let core = 0; core < nodes; core++) {
      const made = await ask<{ id: string; token: string }>('POST', '/nodes', { name: `core ${core}` })
      ids.push(made.id)
      const node = await startBenchNode(
        { url, token: made.token, home: path.join(home, `node-${core}`) },
        core,
      )
      stack.defer(() => node.stop())
    }
    const statesOf = async () => {
      const { nodes: shown } = await ask<{ nodes: { id: string; state: string }[] }>('GET', '/nodes')
      return ids.map((id) => shown.find((one) => one.id === id)?.state)
    }
    const awaitStates = async (wanted: (index: number) => string) => {
      while ((await statesOf()).some((state, index) => state !== wanted(index))) await setTimeout(100)
    }
    await awaitStates(() => 'online')
    return {
      url,
      headers,
      ask,
      query,
      async work(working) {
        // What was logged in before may have run out.
        await logIn()
        for (const [index, id] of ids.entries())
          await ask('POST', `/nodes/${id}/${index < working ? 'resume' : 'pause'}`, {})
        await awaitStates((index) => (index < working ? 'online' : 'paused'))
        await setTimeout(HEARD)
      },
      close: () => stack.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
