import { hostname } from 'node:os'
import { openSystemDatabase } from '@flatrender/platform/db'
import { type Consumer, emit, startWorker } from '@flatrender/platform/events'
import { median } from '../engine/median.ts'

/** How soon and how fast events reach their consumers. */
export interface EventsMeasurement {
  /** From `emit`'s commit to the consumer's call, median of events told one by one, milliseconds. */
  readonly emitToConsumerMilliseconds: number
  /** 10,000 events, 100 a transaction, until three consumers have had all of them, seconds. */
  readonly tenThousandSeconds: number
}

const [ALONE, MANY, TOGETHER] = [60, 10_000, 100]

/** Tells events as the identity service would, in a database that runs, and takes them off the queue in this process. */
export async function measureEvents(urlOf: (role: string) => string): Promise<EventsMeasurement> {
  const system = openSystemDatabase<object>({
    url: urlOf('flatrender_identity_system'),
    connections: 4,
    name: 'bench',
  })
  const heard = new Map<string, number>()
  let counted = 0
  const first: Consumer = {
    types: ['identity.bench.told'],
    handle: async ({ id }) => void heard.set(id, performance.now()),
  }
  const count: Consumer = { types: ['identity.bench.counted'], handle: async () => void counted++ }
  const worker = await startWorker({
    url: urlOf('flatrender_worker'),
    host: hostname(),
    services: ['bench'],
    consumers: { 'bench.first': first, 'bench.one': count, 'bench.two': count, 'bench.three': count },
    jobs: {},
    cron: [],
    concurrency: 4,
    onError(error, what) {
      throw new Error(`${what} failed`, { cause: error })
    },
  })
  try {
    const event = (type: string) => ({ type, tenantId: null, subject: null })
    const latencies: number[] = []
    for (let told = 0; told < ALONE; told++) {
      const id = await system.transact((transaction) => emit(transaction, event('identity.bench.told')))
      const committed = performance.now()
      while (!heard.has(id)) await new Promise((resolve) => setTimeout(resolve, 1))
      latencies.push(heard.get(id)! - committed)
    }
    const begun = performance.now()
    for (let told = 0; told < MANY; told += TOGETHER)
      await system.transact(async (transaction) => {
        for (let one = 0; one < TOGETHER; one++) await emit(transaction, event('identity.bench.counted'))
      })
    while (counted < 3 * MANY) await new Promise((resolve) => setTimeout(resolve, 20))
    return {
      emitToConsumerMilliseconds: median(latencies),
      tenThousandSeconds: (performance.now() - begun) / 1000,
    }
  } finally {
    await worker.close()
    await system.close()
  }
}
