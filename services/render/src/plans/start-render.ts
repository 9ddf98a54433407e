import { soundless } from '@flatrender/contracts/engine'
import { hashPlan, listNamedFiles, type PlannedStory } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import type { Render } from '../deps.ts'
import { assembleLater } from '../exports/assemble-later.ts'
import { keepInput } from '../inputs/keep-input.ts'
import type { MediaFile } from '../inputs/media-file.ts'
import { countPlanned } from '../minutes/count-planned.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { moveRender } from '../renders/renders-system-store.ts'
import { beginWaiting } from '../segments/begin-waiting.ts'
import { chooseKeepers } from './choose-keeper.ts'
import type { GatheredRender } from './gather-media.ts'
import { listWarnings } from './list-warnings.ts'
import { mapAtOnce } from './map-at-once.ts'
import type { PlanObject } from './plan-object.ts'
import { reserveRest } from './reserve-rest.ts'

/** Scenes that are stored at once: each is a wait for PostgreSQL and for the disk, four times over. */
const AT_ONCE = 4
const JSON_FILE = { extension: '.json', contentType: 'application/json' }

/**
 * Stores a plan and its compiled scenes, and has painted what is missing. Errors: PLAN_MINUTES_SPENT and CREDITS_SHORT where
 * it is longer than was thought and there isn't as much; those of storing.
 */
export async function startRender(
  render: Render,
  row: RenderRow,
  gathered: GatheredRender,
  planned: PlannedStory,
): Promise<void> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const { plan, texts } = planned
  await countPlanned(render, row, plan.frames)
  await reserveRest(render, row, plan.frames)
  const object = await storeLotties(render, row, gathered, planned)
  const content = Buffer.from(JSON.stringify(object))
  const kept = await keepInput(render, { tenantId: row.tenant_id, content, ...JSON_FILE }, name)
  await beginWaiting(render, row, object, async (transaction, { cachedFrames, complete }) => {
    const moved = await moveRender(transaction, name, complete ? 'assembling' : 'rendering', {
      plan_hash: Buffer.from(hashPlan(plan), 'hex'),
      plan_object_key: kept.object_key,
      frames_total: plan.frames,
      frames_done: cachedFrames,
      frames_cached: cachedFrames,
      // The driver takes an array for one of PostgreSQL's own.
      warnings: sql`${JSON.stringify(listWarnings(texts))}::jsonb` as unknown as RenderRow['warnings'],
    })
    if (moved === undefined) return false
    if (complete) await assembleLater(transaction, name)
    return true
  })
}

/** Stores the compiled scenes, and writes down all that orders need. */
async function storeLotties(
  render: Render,
  row: RenderRow,
  { stored, story, output, library, files }: GatheredRender,
  { plan, lotties, sound, timeline }: PlannedStory,
): Promise<PlanObject> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const { modifications } = row
  const keepers = chooseKeepers({
    tenantId: row.tenant_id,
    stored,
    story,
    output,
    modifications,
    timeline,
  })
  const pieces = await mapAtOnce(AT_ONCE, plan.pieces, async ({ lottie: hash }, index) => {
    const { lottie, json } = lotties.get(hash)!
    const tenantId = keepers[index]!
    const content = Buffer.from(json)
    const { object_key: objectKey } = await keepInput(render, { tenantId, content, ...JSON_FILE }, name)
    const { media, packaged } = listNamedFiles(lottie)
    return {
      tenantId,
      lottie: { hash, bytes: content.byteLength, objectKey, extension: JSON_FILE.extension },
      media: [...media],
      packaged: packaged.length > 0,
    }
  })
  const byHash = new Map<string, MediaFile>()
  for (const [src, file] of files) if (library.has(src)) byHash.set(file.hash, file)
  const { contentHash, sha256, bytes, storageKey } = stored
  return {
    version: 1,
    plan,
    sound: soundless.includes(plan.container) ? null : (sound?.plan ?? null),
    template: { contentHash, hash: sha256, bytes, objectKey: storageKey },
    pieces,
    files: [...byHash.values()],
  }
}
