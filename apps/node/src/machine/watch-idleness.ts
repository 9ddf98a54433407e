import { isIdleAfter, type LoadSample } from './idleness.ts'
import { readOwnTimes } from './own-times.ts'
import { loadBetween, type ProcessorTimes, readProcessorTimes } from './processor-load.ts'

/** Milliseconds between two looks, and how long a look is remembered. */
const [INTERVAL, REMEMBERED] = [1_000, 70_000]

/** Knows whether somebody uses the machine. */
export interface Idleness {
  isIdle(): boolean
  close(): void
}

/** What the watch goes by, and who hears of it. */
export interface IdlenessOptions {
  /** Does the node work? */
  readonly isWorking: () => boolean
  readonly onChange: () => void
  /** Hears once that the machine can't be looked at any more. */
  readonly onFailure: (error: unknown) => void
  /** Milliseconds of processor time that are the node's own; undefined where the system doesn't tell. */
  readonly readOwn?: () => Promise<number | undefined>
}

/** Processor times at one look. */
interface Look {
  readonly all: ProcessorTimes
  readonly own: number | undefined
}

/**
 * Watches the load of the machine that isn't the node's own. Where a system doesn't tell which is whose, only what is seen
 * while the node does nothing counts; a machine that can't be looked at is somebody's.
 */
export function watchIdleness(options: IdlenessOptions): Idleness {
  const { isWorking, onChange, onFailure, readOwn = readOwnTimes } = options
  let samples: LoadSample[] = []
  let idle = false
  let before: Look | undefined
  let looking = false
  let failing = false
  const look = async () => {
    const now = { all: readProcessorTimes(), own: await readOwn() }
    const former = before
    before = now
    failing = false
    if (former === undefined || (now.own === undefined && isWorking())) return
    const load = loadBetween(former.all, now.all)
    const milliseconds = Math.max(1, now.all.all - former.all.all)
    const ours =
      now.own === undefined || former.own === undefined ? 0 : Math.max(0, now.own - former.own) / milliseconds
    const at = performance.now()
    samples = [...samples, { at, others: Math.max(0, load - ours) }].filter(
      (sample) => sample.at > at - REMEMBERED,
    )
    become(isIdleAfter(idle, samples, at))
  }
  const become = (next: boolean) => {
    const was = idle
    idle = next
    if (idle !== was) onChange()
  }
  const fail = (error: unknown) => {
    before = undefined
    samples = []
    if (!failing) onFailure(error)
    failing = true
    become(false)
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    void look()
      .catch(fail)
      .finally(() => {
        looking = false
      })
  }, INTERVAL)
  timer.unref()
  return { isIdle: () => idle, close: () => clearInterval(timer) }
}
