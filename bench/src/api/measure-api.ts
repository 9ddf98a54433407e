import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { changeUrl, derivePassword, withClient } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import { openSecretKey } from '@flatrender/platform/secrets'
import { describeMachine, type Machine } from '../report/describe-machine.ts'
import { measureCall } from './measure-call.ts'
import { type EventsMeasurement, measureEvents } from './measure-events.ts'
import { measureRead, type ReadMeasurement } from './measure-read.ts'
import { startServer } from './start-server.ts'

/** All that is measured of the back end. */
export interface ApiReport extends ReadMeasurement, EventsMeasurement {
  readonly machine: Machine
  readonly date: string
  /** A call between services in one process ÷ the time of a request through the gateway. */
  readonly callShare: number
  /** From the start of the process to all being ready, on a database that is there, seconds. */
  readonly secondStartSeconds: number
  /** Of the one process, PostgreSQL aside, some seconds after its start. */
  readonly idleRssMegabytes: number
}

/** Starts an installation of the bench's own and measures it. */
export async function measureApi(rounds: number, note: (text: string) => void): Promise<ApiReport> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-bench-api-'))
  const environment = {
    FLATRENDER_HOME: home,
    FLATRENDER_PORT: '0',
    FLATRENDER_GATEWAY_USER_LIMIT: '100000000',
    FLATRENDER_GATEWAY_TENANT_LIMIT: '100000000',
  }
  const start = () => startServer('apps/server/src/main.ts', environment, /Running at \S+;/)
  const secretKey = await openSecretKey(home, undefined)
  const passwordOf = (role: string) => derivePassword(secretKey, role)
  // Held from here on, PostgreSQL stays between two starts.
  const postgres = await startPostgres({
    folder: path.join(home, 'postgres'),
    password: passwordOf('flatrender'),
    durable: true,
  })
  const ownerUrl = postgres.url('flatrender')
  const urlOf = (role: string) => changeUrl(ownerUrl, { user: role, password: passwordOf(role) })
  try {
    note('first start')
    const first = await start()
    const password = /their password (\S+)/.exec(first.text)?.[1] ?? ''
    await first.stop()
    note('second start, and memory')
    const second = await start()
    await setTimeout(5000)
    const status = await readFile(`/proc/${second.child.pid}/status`, 'utf8').catch(() => '')
    const idleRssMegabytes = (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024) / 1e6
    note('reads')
    const url = /Running at (\S+);/.exec(second.text)?.[1] ?? ''
    const answer = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@flatrender.local', password }),
    })
    const { accessToken: token } = (await answer.json()) as { accessToken: string }
    const jwks = await withClient(ownerUrlOf(urlOf), async (client) => {
      const { rows } = await client.query(
        "select public_jwk || jsonb_build_object('kid', kid) as key from identity.signing_keys",
      )
      return JSON.stringify({ keys: rows.map(({ key }) => key) })
    })
    const read = await measureRead({ url, token, roleUrl: urlOf('flatrender_identity'), jwks }, rounds)
    await second.stop()
    note('calls')
    const microseconds = await measureCall(rounds)
    note('events')
    const events = await measureEvents(urlOf)
    return {
      machine: describeMachine(),
      date: new Date().toISOString().slice(0, 10),
      ...read,
      ...events,
      callShare: microseconds / (1e6 / read.throughGateway),
      secondStartSeconds: second.seconds,
      idleRssMegabytes,
    }
  } finally {
    await postgres.close()
    await rm(home, { recursive: true, force: true })
  }
}

/** Signing keys belong to no tenant: the system role alone sees them. */
function ownerUrlOf(urlOf: (role: string) => string): string {
  return urlOf('flatrender_identity_system')
}
