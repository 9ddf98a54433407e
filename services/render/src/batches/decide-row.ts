import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { isPassing } from '../plans/is-passing.ts'
import { listFailures } from '../renders/describe-fault.ts'
import { asRenderFailure } from '../renders/end-render.ts'
import { type KeptRow, noteRefused, noteTry } from './batch-rows-store.ts'

/** What goes wrong for no reason of the row's is tried so often, with pauses that double: over four minutes. */
const MOST_TRIES = 8

/** What has come of a row: it is decided, could not be told, or has to wait for renders of its account to end. */
export type RowOutcome = 'decided' | 'again' | 'full'

/** Does the work on a row; where it is wrong that is written down, and stops no other. */
export async function decideRow(
  render: Render,
  row: KeptRow,
  work: () => Promise<void>,
): Promise<RowOutcome> {
  try {
    await work()
    return 'decided'
  } catch (error) {
    if (isFlatRenderError(error, 'RENDERS_TOO_MANY')) return 'full'
    const failures = listFailures(error)
    const mayPass = failures.length === 0 || failures.some(isPassing)
    if (mayPass && row.tries + 1 < MOST_TRIES) {
      await render.system.transact((transaction) => noteTry(transaction, row))
      return 'again'
    }
    if (failures.length === 0) render.report?.(error, 'render.advance-batch')
    await refuseRow(render, row, failures.length > 0 ? failures : [unexpected(row)])
    return 'decided'
  }
}

/** Writes down why a row becomes no render. */
export async function refuseRow(
  { system }: Render,
  row: KeptRow,
  failures: readonly FlatRenderError[],
): Promise<void> {
  await system.transact((transaction) => noteRefused(transaction, row, failures.map(asRenderFailure)))
}

/** Seconds until the next portion: none as long as anything was decided. */
export function pauseAfter(outcomes: readonly RowOutcome[], rows: readonly KeptRow[]): number {
  if (outcomes.includes('decided')) return 0
  return 2 ** Math.min(...rows.map(({ tries }) => tries))
}

function unexpected({ batch_id, row }: KeptRow): FlatRenderError {
  return new FlatRenderError('REQUEST_FAILED', { requestId: `${batch_id} ${row}` })
}
