import { FlatRenderError } from '@flatrender/contracts/errors'
import type { WorkOrder } from '../work/work.ts'
import type { WorkerCrash } from './worker-crash.ts'

/** The failure of an order whose workers died; the last death is its cause. `record` says where that is recorded. */
export function crashFailure(crash: WorkerCrash, record: string): FlatRenderError {
  const { order, attempt: attempts, reason } = crash
  const common = { attempts, reason, record }
  if (order.kind !== 'paint')
    return new FlatRenderError('WORK_CRASHED', { work: nameWork(order), ...common }, { cause: crash })
  const { piece, start, from, to } = order
  const data = { from: start, to: start + to - from - 1, piece, ...common }
  return new FlatRenderError('WORKER_CRASHED', data, { cause: crash })
}

/** The death that is behind a failure; undefined if none is. */
export function crashOf(error: unknown): WorkerCrash | undefined {
  const cause = error instanceof FlatRenderError ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'lastLines' in cause
    ? (cause as WorkerCrash)
    : undefined
}

function nameWork(order: Exclude<WorkOrder, { kind: 'paint' }>): string {
  switch (order.kind) {
    case 'probe':
    case 'picture':
      return `reading “${order.file}”`
    case 'thumbnail':
      return `a thumbnail of “${order.file}”`
    case 'still':
      return `a still of frame ${order.frame}`
    case 'sound':
      return 'mixing the sound'
    case 'assemble':
      return 'joining the segments'
    case 'compare':
      return 'comparing segments'
  }
}
