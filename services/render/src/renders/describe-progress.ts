import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { explainWait } from '../shares/explain-wait.ts'
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

/** How far a render is, and why it waits if it does. */
export async function describeProgress(render: Render, row: RenderRow): Promise<RenderProgressView> {
  return {
    state: row.state,
    frames: countFrames(row),
    secondsLeft: secondsLeft(row),
    waiting: await describeWait(render, row),
    failure: describeFailure(row),
  }
}

/** By the pace since it was begun; null while none is known. */
function secondsLeft({
  state,
  frames_total,
  frames_done,
  frames_cached,
  rendering_at,
}: RenderRow): number | null {
  const painted = frames_done - frames_cached
  if (state !== 'rendering' || rendering_at === null || painted <= 0) return null
  const seconds = (Date.now() - rendering_at.getTime()) / 1000
  return Math.round(((frames_total! - frames_done) * seconds * 10) / painted) / 10
}

async function describeWait(render: Render, row: RenderRow): Promise<Waiting | null> {
  switch (row.state) {
    case 'queued':
      return say('account')
    case 'preparing':
      return say((await chooseBuild(render)) === undefined ? 'no_node' : 'media')
    case 'rendering':
    case 'assembling': {
      const wait = await explainWait(render, { tenantId: row.tenant_id, renderJobId: row.id })
      return wait && say(wait.reason, wait)
    }
    default:
      return null
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
