import type { NodeWish } from '@flatrender/contracts/node'
import { keepAsking } from '../farm/keep-asking.ts'
import type { Farm } from '../farm/open-farm.ts'
import { watchHealth } from '../machine/watch-health.ts'
import { watchIdleness } from '../machine/watch-idleness.ts'
import type { NodeOptions } from '../node-options.ts'
import type { NodeHome } from '../open-node-home.ts'
import { keepBeating } from './beat.ts'
import { openBell } from './bell.ts'
import type { Tools } from './carry-out.ts'
import { openDesk } from './desk.ts'
import { openGate } from './gate.ts'
import { leaseJobs } from './lease-jobs.ts'

/** What work stands on, once a node has started. */
export interface WorkOptions
  extends Pick<NodeOptions, 'server' | 'workers' | 'memory' | 'onlyWhenIdle' | 'drainSeconds' | 'log'>,
    Pick<Tools, 'cache' | 'engine'> {
  readonly home: NodeHome
  readonly farm: Farm
  readonly heartbeatSeconds: number
  /** Hears of failures after which is asked again. */
  readonly onRetry: (error: unknown) => void
}

/** Work that goes on. */
export interface OngoingWork {
  /** Rejected with what ended it; resolved when it is closed. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** Milliseconds that the farm is given to hear that a node leaves. */
const FAREWELL = 5_000

const wishes: Readonly<Record<NodeWish, string>> = {
  work: 'The server wants it to work',
  drain: 'The server wants it to end what runs and take nothing new',
  pause: 'The server wants it to give back what runs and take nothing new',
}

/** Leases, works, beats. */
export function startWork(options: WorkOptions): OngoingWork {
  const { home, farm, memory, onlyWhenIdle, drainSeconds, log, onRetry } = options
  const bell = openBell()
  /** Ends asking for work, then beating, then waiting until the last reports are heard. */
  const [taking, alive, patience] = [new AbortController(), new AbortController(), new AbortController()]
  /** Says what went wrong beside the work, and ends nothing: the farm hears of what comes of that. */
  const warn = (words: string) => (error: unknown) => log.warn(`${words}: ${error}`)
  const giveBack = () => void desk.giveBack().catch(warn('What runs could not be given back'))
  const idleness = onlyWhenIdle
    ? watchIdleness({
        isWorking: () => desk.running().length > 0,
        onChange: onIdleness,
        onFailure: warn('Nobody can tell whether this machine is used, so it counts as used'),
      })
    : undefined
  const gate = openGate({
    isFree: () => idleness?.isIdle() ?? true,
    onChange: bell.ring,
    onWish(wish) {
      log.info(wishes[wish])
      if (wish === 'pause') giveBack()
    },
  })
  const desk = openDesk({
    ...options,
    scratch: home.scratch,
    signal: patience.signal,
    onChange: bell.ring,
    onDiskFull() {
      gate.rest()
      void options.cache.evict(0)
    },
  })
  function onIdleness() {
    if (idleness?.isIdle() === false) {
      log.info('Somebody uses the machine: what runs is given back')
      giveBack()
    } else log.info('The machine is idle')
    bell.ring()
  }
  const common = { farm, desk, gate, bell, onRetry }
  const beating = keepBeating({
    ...common,
    signal: alive.signal,
    changes: options.cache.changes,
    readHealth: watchHealth(home.folder),
    heartbeatSeconds: options.heartbeatSeconds,
  })
  const leasing = leaseJobs({ ...common, signal: taking.signal, memoryBytes: memory }).catch(
    (error: unknown) => {
      if (!taking.signal.aborted) throw error
    },
  )
  const ended = Promise.all([beating, leasing]).then(() => {})
  ended.catch(() => gate.leave())
  return {
    ended,
    async close() {
      idleness?.close()
      gate.leave()
      taking.abort()
      const running = desk.running().length
      if (running > 0) log.info(`It ends what runs (${running}), for ${drainSeconds} s at most`)
      await desk.settled(AbortSignal.timeout(Math.ceil(drainSeconds * 1000)))
      const timer = setTimeout(() => patience.abort(), FAREWELL)
      await desk.giveBack()
      alive.abort()
      await Promise.allSettled([beating, leasing])
      const { signal } = patience
      await keepAsking(() => farm.release({ leases: [], leaving: true }, { signal }), { signal }).catch(
        onRetry,
      )
      clearTimeout(timer)
    },
  }
}
