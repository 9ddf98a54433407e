import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { explainLack, explainWaits, type Lack, type Wait } from '../shares/explain-wait.ts'
import { findProbing } from '../shares/explain-wait-system-store.ts'
import { countFrames, describeFailure } from './describe-render.ts'
import { explainPlaces, type Place } from './explain-places.ts'
import type { RenderRow } from './renders-store.ts'
import { secondsLeft } from './seconds-left.ts'

type Waiting = NonNullable<RenderProgressView['waiting']>

const words: Readonly<Record<Waiting['reason'], string>> = {
  account: 'Other renders of this account are under way, and its plan allows no more at once.',
  media: 'A file of the story is looked at by a render node first.',
  cap: 'As much work of this account is under way as its plan allows at once.',
  resting: 'An attempt failed; the next one comes soon.',
  no_node: 'No render node is there.',
  nodes_in_use: 'The render nodes that could do it work only while nobody uses their machines.',
  nodes_paused: 'The render nodes that could do it are paused, drained or quarantined, or take no work now.',
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
  | 'resting'
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
  const known = await findKnown(render, rows)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        state: row.state,
        frames: countFrames(row),
        secondsLeft: secondsLeft(row),
        waiting: describeWait(row, known),
        failure: describeFailure(row),
      },
    ]),
  )
}

/** What is known of what renders wait for, by their ids. */
interface Known {
  readonly places: ReadonlyMap<string, Place>
  readonly waits: ReadonlyMap<string, Wait>
  /** Whose files are looked at first. */
  readonly probing: ReadonlySet<string>
  readonly lack: Lack | undefined
}

async function findKnown(render: Render, rows: readonly WatchedRow[]): Promise<Known> {
  const namesOf = (...states: WatchedRow['state'][]) =>
    rows
      .filter(({ state }) => states.includes(state))
      .map(({ tenant_id: tenantId, id }) => ({ tenantId, renderId: id }))
  const preparing = namesOf('preparing')
  return {
    places: await explainPlaces(render, namesOf('queued')),
    waits: await explainWaits(render, namesOf('preparing', 'rendering', 'assembling')),
    probing:
      preparing.length === 0
        ? new Set()
        : await render.system.ask((transaction) => findProbing(transaction, preparing)),
    lack: preparing.length === 0 ? undefined : await explainLack(render),
  }
}

function describeWait(
  { id, state, resting }: WatchedRow,
  { places, waits, probing, lack }: Known,
): Waiting | null {
  const wait = waits.get(id)
  switch (state) {
    case 'queued': {
      const place = places.get(id)
      return place === undefined ? null : say('account', place)
    }
    case 'preparing':
      // Nodes that are in use are planned for all the same; only a file waits until one of them works.
      if (lack !== undefined && (lack !== 'nodes_in_use' || probing.has(id))) return say(lack, wait)
      if (probing.has(id)) return say('media', wait)
      return resting ? say('resting') : null
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
