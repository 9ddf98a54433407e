import { setTimeout } from 'node:timers/promises'
import type { Call } from '@flatrender/contracts/call'
import type { BatchView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { isOver } from './batch-state.ts'
import { showBatch } from './show-batch.ts'

/** Milliseconds between two looks: each counts all rows. */
const PAUSE = 2000

/**
 * Tells how far a batch is, now and whenever that changes, until it is over or nobody listens. Whoever comes back hears first
 * how it is then. Errors: BATCH_UNKNOWN.
 */
export async function watchBatch(
  render: Render,
  call: Call,
  input: { id: string },
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<BatchView, void>> {
  // Looked at anew each time: whoever may see it no more hears no more.
  const look = () => showBatch(render, call, input)
  const ends = AbortSignal.any([render.ending.signal, ...(signal ? [signal] : [])])
  // Before anything flows, so that it can still be refused.
  return follow(await look(), look, ends)
}

async function* follow(
  first: BatchView,
  look: () => Promise<BatchView>,
  signal: AbortSignal,
): AsyncGenerator<BatchView, void> {
  let told = ''
  for (let batch = first; ; batch = await look()) {
    const words = JSON.stringify(batch)
    if (words !== told) yield batch
    told = words
    if (isOver(batch.state)) return
    await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
  }
}
