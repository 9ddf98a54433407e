import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { openApi } from '../api-client.ts'
import { liftPlans } from '../lift-plans.ts'
import { type Accepted, makeCustomer } from './customers.ts'
import { openDice } from './open-dice.ts'
import { type ChaosFarm, openFarm } from './open-farm.ts'

/** How long, and by which chance. */
export interface ChaosOptions {
  readonly seed: number
  /** Seconds of blows; afterwards all is mended, and everything has to end. */
  readonly seconds: number
  /** Seconds that the end may take. */
  readonly patience: number
  readonly home: string
  /** Hears of each blow. */
  readonly say: (line: string) => void
}

/** What was there at the end. */
export interface ChaosOutcome {
  readonly farm: ChaosFarm
  /** Each render that was accepted, with how it ended and the SHA-256 of its file. */
  readonly renders: readonly (Accepted & {
    readonly state: string
    readonly failure: unknown
    readonly sha256?: string
  })[]
}

const CLOCKS = [0, 3 * 3600, -3 * 3600]
const FAULTS = { delayed: 0.05, doubled: 0.1, unanswered: 0.05, corrupted: 0.03 }
/** What a render fails with that was struck three times. */
const LOSSES = ['NODE_LOST', 'WORKER_CRASHED', 'WORK_CRASHED', 'ARRIVAL_DAMAGED']
const TENANTS = ['almond', 'barberry', 'cypress', 'damask']

/** Strikes a farm while its customers work, mends it, and waits until everything has ended. */
export async function runChaos({ seed, seconds, patience, home, say }: ChaosOptions): Promise<ChaosOutcome> {
  const dice = openDice(seed)
  const farm = await openFarm({ home, dice, faults: FAULTS, clocks: CLOCKS, environment: ENVIRONMENT })
  const over = new AbortController()
  try {
    await liftPlans(home)
    const ledger: Accepted[] = []
    const api = openApi(farm.url())
    const login = { email: 'owner@flatrender.local', password: farm.ownerPassword }
    const { accessToken: owner } = (await api('POST', '/auth/login', { body: login })).body
    const customers = []
    for (const slug of TENANTS)
      customers.push(
        await makeCustomer(slug, { url: farm.url, owner, dice: dice.fork(slug), ledger, over: over.signal }),
      )

    const end = performance.now() + seconds * 1000
    const work = customers.map(async (customer, index) => {
      const pace = dice.fork(`pace ${index}`)
      while (performance.now() < end && !over.signal.aborted) {
        await customer.act()
        await setTimeout(1000 + pace.below(4000))
      }
    })
    const blows = strike(farm, dice.fork('blows'), { end, over: over.signal, say })
    await allOrNone([...work, blows], over)

    say(`mended; ${ledger.length} renders were accepted`)
    const renders = []
    const late = performance.now() + patience * 1000
    for (const accepted of ledger) {
      const { ask } = customers.find(({ tenant }) => tenant === accepted.tenant)!
      const waitForEnd = async (id: string) => {
        for (;;) {
          const answer = await ask('GET', `/renders/${id}`).catch(() => undefined)
          const { state, failure, exports } = answer?.status === 200 ? answer.body : {}
          if (['succeeded', 'failed', 'cancelled'].includes(state)) return { state, failure, exports }
          if (performance.now() > late)
            throw new Error(`render ${id} is still ${state ?? answer?.status}\n${farm.output()}`)
          await setTimeout(250)
        }
      }
      let ended = await waitForEnd(accepted.id)
      // Three losses end a render, as they should: once nothing strikes any more it can be had all the same.
      if (LOSSES.includes(ended.failure?.code) && !accepted.cancelled) {
        say(`a render was lost three times, and is tried again: ${ended.failure.code}`)
        // It is another render, of the same words.
        const { status, body } = await ask('POST', `/renders/${accepted.id}/retry`)
        if (status !== 202) throw new Error(`it can't be tried again: ${status} ${JSON.stringify(body)}`)
        ended = await waitForEnd(body.id)
      }
      const { state, failure, exports } = ended
      const sha256 =
        state === 'succeeded'
          ? await fetchHash(farm, await ask('GET', `/exports/${exports[0].id}`))
          : undefined
      renders.push({ ...accepted, state, failure, ...(sha256 !== undefined && { sha256 }) })
    }
    return { farm, renders }
  } catch (error) {
    over.abort()
    await farm.close()
    throw error
  }
}

const ENVIRONMENT = {
  FLATRENDER_NODE_WORKERS: '0',
  FLATRENDER_RENDER_LEASE_SECONDS: '6',
  FLATRENDER_GATEWAY_VISITOR_LIMIT: '100000',
  FLATRENDER_GATEWAY_USER_LIMIT: '100000',
  FLATRENDER_GATEWAY_TENANT_LIMIT: '100000',
}

async function fetchHash(farm: ChaosFarm, { body }: { body: { url: string } }): Promise<string> {
  // The address is for browsers, which reach the server by another port than this test does.
  const { pathname, search } = new URL(body.url, farm.url())
  const response = await fetch(new URL(pathname + search, farm.url()))
  if (!response.ok) throw new Error(`a finished file can't be got: ${response.status}`)
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
}

/** Waits for all; where one fails the others are told, and it is thrown once they have ended. */
async function allOrNone(tasks: readonly Promise<void>[], over: AbortController): Promise<void> {
  for (const task of tasks) task.catch(() => over.abort())
  const outcomes = await Promise.allSettled(tasks)
  const broken = outcomes.find((outcome) => outcome.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** One blow after another; all of them mended at the end. */
async function strike(
  farm: ChaosFarm,
  dice: ReturnType<typeof openDice>,
  { end, over, say }: { end: number; over: AbortSignal; say: (line: string) => void },
): Promise<void> {
  const later: Promise<void>[] = []
  /** Mends something after a while. */
  const mend = (most: number, act: () => void | Promise<void>) =>
    later.push(setTimeout(500 + dice.below(most)).then(() => (over.aborted ? undefined : act())))
  const blows: Record<string, () => Promise<void> | void> = {
    'a node is killed': async () => {
      const node = dice.pick(farm.nodes)
      await node.kill()
      mend(4000, () => {
        if (!node.isAlive()) node.start()
      })
    },
    'a worker is killed': () => void dice.pick(farm.nodes).killWorker(),
    'a node is cut off': () => {
      const { way } = dice.pick(farm.nodes)
      way.cut()
      mend(10_000, way.mend)
    },
    ...(farm.hasCables && {
      'a cable is pulled': async () => {
        const { cable } = dice.pick(farm.nodes)
        await cable!.pull()
        mend(10_000, cable!.plug)
      },
    }),
    'the server is killed': () => farm.killServer(),
    'PostgreSQL is killed': () => farm.killPostgres(),
    ...(farm.hasDisks && {
      'a disk is full': async () => {
        const node = dice.pick(farm.nodes)
        await node.fillDisk()
        mend(4000, node.emptyDisk)
      },
    }),
  }
  const names = Object.keys(blows)
  // Each befalls once at least, then as chance has it.
  const first = [...names].sort(() => dice.below(3) - 1)
  while (performance.now() < end && !over.aborted) {
    await setTimeout(1500 + dice.below(4000))
    const name = first.shift() ?? dice.pick(names)
    say(name)
    await blows[name]!()
  }
  await Promise.all(later)
  for (const node of farm.nodes) {
    node.way.mend()
    await node.cable?.plug()
    await node.emptyDisk()
    if (!node.isAlive()) node.start()
  }
}
