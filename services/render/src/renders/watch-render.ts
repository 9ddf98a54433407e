import { setTimeout } from 'node:timers/promises'
import type { Call } from '@flatrender/contracts/call'
import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { describeProgress } from './describe-progress.ts'
import { hasEnded } from './render-state.ts'
import { requireRender } from './require-render.ts'

/** Milliseconds between two looks; whoever watches sees no sooner what has changed. */
const PAUSE = 500

/** Tells how far a render is, now and whenever that changes, until it is over or nobody listens. Errors: RENDER_UNKNOWN. */
export async function watchRender(
  render: Render,
  call: Call,
  { id }: { id: string },
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<RenderProgressView, void>> {
  const look = async () => {
    // Looked at anew each time: whoever may see it no more hears no more.
    const row = await render.database.transact(call.actor, (transaction) =>
      requireRender(transaction, call.actor, id),
    )
    return describeProgress(render, row)
  }
  // Before anything flows, so that it can still be refused.
  const first = await look()
  return follow(first, look, signal)
}

async function* follow(
  first: RenderProgressView,
  look: () => Promise<RenderProgressView>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RenderProgressView, void> {
  let told = ''
  for (let progress = first; ; progress = await look()) {
    const words = JSON.stringify(progress)
    if (words !== told) yield progress
    told = words
    if (hasEnded(progress.state)) return
    await setTimeout(PAUSE, undefined, { ...(signal && { signal }) }).catch(() => {})
    if (signal?.aborted) return
  }
}
