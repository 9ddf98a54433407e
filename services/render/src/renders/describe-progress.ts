import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { explainWaits, type Wait } from '../shares/explain-wait.ts'
import { countFrames, describeFailure } from './describe-render.ts'
import type { RenderRow } from './renders-store.ts'

type Waiting = NonNullable<RenderProgressView['waiting']>

const words: Readonly<Record<Waiting['reason'], string>> = {
  account: 'Other renders of this account are under way, and its plan allows no more at once.',
  media: 'A file of the story is being looked at.',
  cap: 'As much work of this account is under way as its plan allows at once.',
  resting: 'An attempt failed; the next one comes soon.',
  no_node: 'No render node is there.',
  no_node_of_build: 'No render node is there that runs the engine this was planned for.',
  queue: 'All render nodes have other work.',
}

/** What of a render's row tells how far it is, and who may see that. */
export type WatchedRow = Pick<
  RenderRow,
  | 'tenant_id'
  | 'id'
  | 'owner_id'
  | 'api_key_id'
  | 'state'
  | 'frames_total'
  | 'frames_done'
  | 'frames_cached'
  | 'frames_repaired'
  | 'rendering_at'
  | 'failure_code'
  | 'failure_data'
>

/** How far renders are, and why they wait if they do; by their ids. */
export async function describeProgress(
  render: Render,
  rows: readonly WatchedRow[],
): Promise<ReadonlyMap<string, RenderProgressView>> {
  const names = rows
    .filter(({ state }) => state === 'rendering' || state === 'assembling')
    .map(({ tenant_id: tenantId, id: renderJobId }) => ({ tenantId, renderJobId }))
  const waits = await explainWaits(render, names)
  const isPreparing = rows.some(({ state }) => state === 'preparing')
  const hasNode = !isPreparing || (await chooseBuild(render)) !== undefined
  return new Map(
    rows.map((row) => [
      row.id,
      {
        state: row.state,
        frames: countFrames(row),
        secondsLeft: secondsLeft(row),
        waiting: describeWait(row, { wait: waits.get(row.id), hasNode }),
        failure: describeFailure(row),
      },
    ]),
  )
}

/** By the pace since it was begun; null while none is known. */
function secondsLeft({
  state,
  frames_total,
  frames_done,
  frames_cached,
  rendering_at,
}: WatchedRow): number | null {
  const painted = frames_done - frames_cached
  if (state !== 'rendering' || rendering_at === null || painted <= 0) return null
  const seconds = (Date.now() - rendering_at.getTime()) / 1000
  return Math.round(((frames_total! - frames_done) * seconds * 10) / painted) / 10
}

function describeWait(
  { state }: WatchedRow,
  { wait, hasNode }: { readonly wait: Wait | undefined; readonly hasNode: boolean },
): Waiting | null {
  switch (state) {
    case 'queued':
      return say('account')
    case 'preparing':
      return say(hasNode ? 'media' : 'no_node')
    default:
      return wait === undefined ? null : say(wait.reason, wait)
  }
}

function say(
  reason: Waiting['reason'],
  {
    position = null,
    jobsBefore = null,
    expectedSeconds = null,
  }: Partial<Pick<Waiting, 'position' | 'jobsBefore' | 'expectedSeconds'>> = {},
): Waiting {
  return { reason, message: words[reason], position, jobsBefore, expectedSeconds }
}
