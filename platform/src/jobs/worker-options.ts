import type { Event } from '../events/event.ts'
import type { Observe } from '../observe/observe-work.ts'

/**
 * Handles an event. It may come again, after a failure or a killed process, and in any order: look at the present state,
 * or ask `onceFor`. The signal says that the process is about to end and waits no longer.
 */
export interface Consumer {
  /** The types of events that it wants. */
  readonly types: readonly string[]
  readonly handle: (event: Event, signal: AbortSignal) => Promise<void>
}

/** Does a piece of background work; like an event it may come again. */
export type Job = (payload: unknown, signal: AbortSignal) => Promise<void>

/** When a job is to be done again and again. While one still waits, no other is added. */
export interface CronEntry {
  readonly job: string
  /** Minute, hour, day, month, weekday, in UTC: `0 3 * * *`. */
  readonly at: string
}

/** How often things are looked at, in seconds. */
export interface WorkerTiming {
  /** Between two signs of life. */
  readonly beat: number
  /** Without a sign of life for so long a worker counts as dead, and a queue that looked for nothing as stalled. */
  readonly silence: number
  /** Between two looks for jobs whose time has come; fresh ones are told by PostgreSQL. */
  readonly poll: number
  /** Whoever closes waits so long for jobs under way, and for a PostgreSQL that doesn't answer. */
  readonly patience: number
}

/** A killed process is noticed within 25 s, and what it had in its hands goes on within 30. */
export const TIMING: WorkerTiming = { beat: 5, silence: 20, poll: 2, patience: 10 }

/** What a process takes off the queue. */
export interface WorkerOptions {
  /** The database's address as `flatrender_worker`. */
  readonly url: string
  /** Name of this machine, for people. */
  readonly host: string
  /** The services whose consumers and jobs these are. */
  readonly services: readonly string[]
  /** `<service>.<consumer>` → what it does. */
  readonly consumers: Readonly<Record<string, Consumer>>
  /** `<service>.<job>` → what it does. */
  readonly jobs: Readonly<Record<string, Job>>
  readonly cron: readonly CronEntry[]
  /** How many events and jobs at once. */
  readonly concurrency: number
  /** Told of every failed attempt, with its task's name, and of trouble with the queue itself. */
  readonly onError: (error: Error, what: string) => void
  readonly timing?: WorkerTiming
  /** Hears of every attempt. */
  readonly observe?: Observe
}
