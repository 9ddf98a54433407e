import type { Render } from '../deps.ts'
import { describeProgress } from './describe-progress.ts'
import type { RenderName } from './render-name.ts'
import type { SeenRender } from './seen-render.ts'
import { findWatched } from './watched-system-store.ts'

/** How far renders are, all at one look; by their ids. */
export async function lookAtRenders(
  render: Render,
  names: readonly RenderName[],
): Promise<ReadonlyMap<string, SeenRender>> {
  const rows = await render.system.ask((transaction) => findWatched(transaction, names))
  const progress = await describeProgress(render, rows)
  return new Map(
    rows.map(({ id, owner_id, api_key_id }) => [id, { owner_id, api_key_id, progress: progress.get(id)! }]),
  )
}
