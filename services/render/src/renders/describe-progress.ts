import type { RenderProgressView } from '@flatrender/contracts/render'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import { countFrames, describeFailure } from './describe-render.ts'
import type { RenderRow } from './renders-store.ts'
import { countBefore, isAnyNodeThere, type Waiting } from './waiting-system-store.ts'

const words: Readonly<Record<NonNullable<RenderProgressView['waiting']>['reason'], string>> = {
  account: 'Other renders of this account are under way, and its plan allows no more at once.',
  media: 'A file of the story is being looked at.',
  nodes: 'No render node is there.',
  queue: 'All render nodes have other work.',
}

/** How far a render is, and why it waits if it does. */
export async function describeProgress(
  transaction: SystemTransaction<Tables>,
  row: RenderRow,
): Promise<RenderProgressView> {
  return {
    state: row.state,
    frames: countFrames(row),
    secondsLeft: secondsLeft(row),
    waiting: await describeWait(transaction, row),
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

async function describeWait(
  transaction: SystemTransaction<Tables>,
  row: RenderRow,
): Promise<RenderProgressView['waiting']> {
  const say = (reason: keyof typeof words, ahead: number | null = null) => ({
    reason,
    message: words[reason],
    ahead,
  })
  switch (row.state) {
    case 'queued':
      return say('account')
    case 'preparing':
      return (await isAnyNodeThere(transaction)) ? say('media') : say('nodes')
    case 'rendering':
    case 'assembling': {
      const waiting: Waiting = await countBefore(transaction, {
        tenantId: row.tenant_id,
        renderId: row.id,
      })
      if (waiting.running > 0 || waiting.pending === 0) return null
      return (await isAnyNodeThere(transaction)) ? say('queue', waiting.before) : say('nodes')
    }
    default:
      return null
  }
}
