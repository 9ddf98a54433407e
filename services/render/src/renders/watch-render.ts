import type { Actor, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { describeProgress } from './describe-progress.ts'
import { lookAtRenders } from './look-at-renders.ts'
import type { RenderName } from './render-name.ts'
import { hasEnded } from './render-state.ts'
import { requireRender } from './require-render.ts'
import { isInSight, sightOf } from './sight.ts'

/**
 * Tells how far a render is, now and whenever that changes, until it is over or nobody listens. Whoever comes back hears first
 * how it is then: nothing told before is needed. Errors: RENDER_UNKNOWN.
 */
export async function watchRender(
  render: Render,
  { actor }: Call,
  { id }: { id: string },
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<RenderProgressView, void>> {
  // Before anything flows, so that it can still be refused.
  const row = await render.database.transact(actor, (transaction) => requireRender(transaction, actor, id))
  const first = (await describeProgress(render, [row])).get(id)!
  return follow(render, actor, { tenantId: actor.tenantId, renderId: id }, first, signal)
}

async function* follow(
  render: Render,
  actor: Actor,
  name: RenderName,
  first: RenderProgressView,
  signal: AbortSignal | undefined,
): AsyncGenerator<RenderProgressView, void> {
  let told = ''
  for (let progress = first; ; ) {
    const words = JSON.stringify(progress)
    if (words !== told) yield progress
    told = words
    if (hasEnded(progress.state)) return
    const seen = await render.watch.next(name, (names) => lookAtRenders(render, names), signal)
    if (seen === 'over') return
    // Looked at anew each time: whoever may see it no more hears no more.
    if (seen === 'unknown' || !isInSight(sightOf(actor), seen))
      throw new FlatRenderError('RENDER_UNKNOWN', { render: name.renderId })
    progress = seen.progress
  }
}
