import type { Actor, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { BatchView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { isInSight, sightOf } from '../renders/sight.ts'
import type { BatchName } from './batch-name.ts'
import { isOver } from './batch-state.ts'
import { lookAtBatches } from './look-at-batches.ts'
import { showBatch } from './show-batch.ts'

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
  // Before anything flows, so that it can still be refused.
  const first = await showBatch(render, call, input)
  const { actor } = call
  return follow(render, actor, { tenantId: actor.tenantId, batchId: input.id }, first, signal)
}

async function* follow(
  render: Render,
  actor: Actor,
  name: BatchName,
  first: BatchView,
  signal: AbortSignal | undefined,
): AsyncGenerator<BatchView, void> {
  let told = ''
  for (let batch = first; ; ) {
    const words = JSON.stringify(batch)
    if (words !== told) yield batch
    told = words
    if (isOver(batch.state)) return
    const seen = await render.batchWatch.next(name, (names) => lookAtBatches(render, names), signal)
    if (seen === 'over') return
    // Looked at anew each time: whoever may see it no more hears no more.
    if (seen === 'unknown' || !isInSight(sightOf(actor), seen))
      throw new FlatRenderError('BATCH_UNKNOWN', { batch: name.batchId })
    batch = seen.view
  }
}
