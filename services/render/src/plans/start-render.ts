import { soundless } from '@flatrender/contracts/engine'
import { hashPlan } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import type { CompiledRender } from '../compile/compile-render.ts'
import type { Render } from '../deps.ts'
import { assembleLater } from '../exports/assemble-later.ts'
import type { InputRow } from '../inputs/inputs-system-store.ts'
import { keepIndexed, type NewInput } from '../inputs/keep-input.ts'
import type { MediaFile } from '../inputs/media-file.ts'
import { countPlanned } from '../minutes/count-planned.ts'
import { assertLengthOfLane } from '../output/preview-bounds.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { moveRender } from '../renders/renders-system-store.ts'
import { beginWaiting, learnGrouping } from '../segments/begin-waiting.ts'
import { chooseKeepers } from './choose-keeper.ts'
import type { GatheredRender } from './gather-media.ts'
import { listWarnings } from './list-warnings.ts'
import type { PlanObject } from './plan-object.ts'
import { reserveRest } from './reserve-rest.ts'

const JSON_FILE = { extension: '.json', contentType: 'application/json' }

/**
 * Stores a plan and its compiled scenes, and has painted what is missing. Errors: PLAN_MINUTES_SPENT, CREDITS_SHORT and
 * PREVIEW_TOO_LARGE where it is longer than was thought and there isn't as much; those of storing.
 */
export async function startRender(
  render: Render,
  row: RenderRow,
  gathered: GatheredRender,
  planned: CompiledRender,
): Promise<void> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const { plan, texts } = planned
  assertLengthOfLane(row.lane, readKeptOutput(row), plan.frames)
  await countPlanned(render, row, plan.frames)
  await reserveRest(render, row, plan.frames)
  const { inputs, describe } = describeLotties(row, gathered, planned)
  const writeIndex = (rows: readonly InputRow[]) => ({
    tenantId: row.tenant_id,
    content: Buffer.from(JSON.stringify(describe(rows))),
    ...JSON_FILE,
  })
  const { contentHash: templateHash } = gathered.stored
  const [{ rows, index }, grouping] = await Promise.all([
    keepIndexed(render, inputs, writeIndex, {
      tenantId: row.tenant_id,
      holderId: row.id,
    }),
    learnGrouping(render, row, { plan, templateHash }),
  ])
  const object = describe(rows)
  await beginWaiting(render, row, object, grouping, async (transaction, { cachedFrames, complete }) => {
    const moved = await moveRender(transaction, name, complete ? 'assembling' : 'rendering', {
      plan_hash: Buffer.from(hashPlan(plan), 'hex'),
      plan_object_key: index.object_key,
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

/** The compiled scenes as files, and what tells all that orders need once those lie somewhere. */
function describeLotties(
  row: RenderRow,
  { stored, story, output, library, files }: GatheredRender,
  { plan, scenes, sound, timeline }: CompiledRender,
): { inputs: NewInput[]; describe: (rows: readonly InputRow[]) => PlanObject } {
  const { modifications } = row
  const keepers = chooseKeepers({
    tenantId: row.tenant_id,
    stored,
    story,
    output,
    modifications,
    timeline,
  })
  const inputs = scenes.map(({ json }, index) => ({
    tenantId: keepers[index]!,
    content: Buffer.from(json),
    ...JSON_FILE,
  }))
  const byHash = new Map<string, MediaFile>()
  for (const [src, file] of files) if (library.has(src)) byHash.set(file.hash, file)
  const { contentHash, sha256, bytes, storageKey } = stored
  const common = {
    version: 1 as const,
    plan,
    sound: soundless.includes(plan.container) ? null : (sound?.plan ?? null),
    template: { contentHash, hash: sha256, bytes, objectKey: storageKey },
    files: [...byHash.values()],
  }
  const pieces = plan.pieces.map(({ lottie: hash }, index) => {
    const { media, packaged } = scenes[index]!
    const { tenantId, content } = inputs[index]!
    return {
      tenantId,
      lottie: { hash, bytes: content.byteLength, extension: JSON_FILE.extension },
      media: [...media],
      packaged: packaged.length > 0,
    }
  })
  const describe = (rows: readonly InputRow[]) => ({
    ...common,
    pieces: pieces.map((piece, index) => ({
      ...piece,
      lottie: { ...piece.lottie, objectKey: rows[index]!.object_key },
    })),
  })
  return { inputs, describe }
}
