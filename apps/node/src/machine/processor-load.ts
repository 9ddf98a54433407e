import { cpus } from 'node:os'

/** Times of all cores since the machine started, milliseconds. */
export interface ProcessorTimes {
  readonly busy: number
  readonly all: number
}

/** Reads them. */
export function readProcessorTimes(): ProcessorTimes {
  let [busy, all] = [0, 0]
  for (const { times } of cpus()) {
    const core = Object.values(times).reduce((sum, time) => sum + time, 0)
    all += core
    busy += core - times.idle
  }
  return { busy, all }
}

/** The share of all cores that was busy between two looks, 0 to 1. */
export function loadBetween(before: ProcessorTimes, after: ProcessorTimes): number {
  const all = after.all - before.all
  return all <= 0 ? 0 : Math.min(1, Math.max(0, (after.busy - before.busy) / all))
}
