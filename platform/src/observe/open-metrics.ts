import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ObservedWork } from './observe-work.ts'

/** Seconds at which work is told apart: from a look into memory to a job of minutes. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]

/** What waits in the queue. */
export interface QueueDepth {
  /** Jobs that could begin now, those that a worker holds, those whose time is yet to come, and those given up. */
  readonly ready: number
  readonly running: number
  readonly waiting: number
  readonly dead: number
  /** Of those that could begin, how long the oldest has waited, seconds. */
  readonly oldest: number
}

/** Numbers of this process. */
export interface Metrics {
  measure(work: ObservedWork, outcome: string, seconds: number): void
  /** Asks for the queue's depth whenever the numbers are read; while it fails, they are missing. */
  watchQueue(read: () => Promise<QueueDepth>): void
  /** How many rows a soft reference, `schema.table.column`, names that aren't there. */
  setDangling(column: string, count: number): void
  /** In Prometheus's text format; a process that no gateway is in tells of itself too. */
  write(): Promise<string>
}

/** The type of what `write` gives. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** Begins counting. */
export function openMetrics({ ofProcess }: { readonly ofProcess: boolean }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const procedures = new Histogram({
    name: 'flatrender_procedure_seconds',
    help: 'What a service took for a procedure, by how it came out: done, an error code, bug',
    labelNames: ['service', 'procedure', 'outcome'],
    buckets: BUCKETS,
    registers,
  })
  const jobs = new Histogram({
    name: 'flatrender_job_seconds',
    help: 'What an attempt at a job took, by how it came out: done, an error code, bug',
    labelNames: ['job', 'outcome'],
    buckets: BUCKETS,
    registers,
  })
  const dangling = new Gauge({
    name: 'flatrender_dangling_references',
    help: 'Rows that a column names and that are not there, when last looked at',
    labelNames: ['column'],
    registers,
  })
  let refresh = async () => {}
  return {
    measure({ kind, name }, outcome, seconds) {
      // The gateway counts requests itself.
      if (kind === 'job') jobs.observe({ job: name, outcome }, seconds)
      if (kind !== 'procedure') return
      const [service = '', ...procedure] = name.split('.')
      procedures.observe({ service, procedure: procedure.join('.'), outcome }, seconds)
    },
    watchQueue(read) {
      const depth = new Gauge({
        name: 'flatrender_jobs',
        help: 'Jobs in the queue: ready, running, waiting for their time, dead',
        labelNames: ['state'],
        registers,
      })
      const oldest = new Gauge({
        name: 'flatrender_jobs_oldest_seconds',
        help: 'How long the oldest job has waited that could begin',
        labelNames: [],
        registers,
      })
      refresh = async () => {
        depth.reset()
        oldest.remove()
        // Whoever reads the numbers sees that these are missing; the rest still counts.
        const found = await read().catch(() => undefined)
        if (found === undefined) return
        for (const state of ['ready', 'running', 'waiting', 'dead'] as const)
          depth.set({ state }, found[state])
        oldest.set(found.oldest)
      }
    },
    setDangling: (column, count) => dangling.set({ column }, count),
    async write() {
      await refresh()
      return registry.metrics()
    },
  }
}
