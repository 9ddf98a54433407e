import { availableParallelism } from 'node:os'
import { isIdleAfter, type LoadSample } from './idleness.ts'
import { readOwnTimes } from './own-times.ts'
import { loadBetween, readProcessorTimes } from './processor-load.ts'

/** Milliseconds between two looks, and how long a look is remembered. */
const [INTERVAL, REMEMBERED] = [1_000, 70_000]

/** Knows whether somebody uses the machine. */
export interface Idleness {
  isIdle(): boolean
  close(): void
}

/**
 * Watches the load of the machine that isn't the node's own. Where a system doesn't tell which is whose, only what is seen
 * while the node does nothing counts.
 */
export function watchIdleness(isWorking: () => boolean, onChange: () => void): Idleness {
  let samples: LoadSample[] = []
  let idle = false
  let before = readProcessorTimes()
  let ownBefore = readOwnTimes()
  let looking = false
  const look = async () => {
    const now = readProcessorTimes()
    const own = await readOwnTimes()
    const formerOwn = await ownBefore
    const load = loadBetween(before, now)
    const milliseconds = Math.max(1, (now.all - before.all) / availableParallelism())
    before = now
    ownBefore = Promise.resolve(own)
    if (own === undefined && isWorking()) return
    const ours =
      own === undefined || formerOwn === undefined
        ? 0
        : Math.max(0, own - formerOwn) / (milliseconds * availableParallelism())
    const at = performance.now()
    samples = [...samples, { at, others: Math.max(0, load - ours) }].filter(
      (sample) => sample.at > at - REMEMBERED,
    )
    const was = idle
    idle = isIdleAfter(was, samples, at)
    if (idle !== was) onChange()
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    void look().finally(() => {
      looking = false
    })
  }, INTERVAL)
  timer.unref()
  return { isIdle: () => idle, close: () => clearInterval(timer) }
}
