import { randomUUID } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { openFonts } from '@flatrender/engine-fonts'
import {
  hashJson,
  listNamedFiles,
  listStoryTexts,
  type PlannedStill,
  planStill,
  sha256Hex,
} from '@flatrender/engine-scene'
import { z } from 'zod'
import type { Render } from '../deps.ts'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import { keepInput } from '../inputs/keep-input.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { isPassing } from '../plans/is-passing.ts'
import { asOneFailure } from '../renders/describe-fault.ts'
import { type GatheredScene, gatherScene } from './gather-scene.ts'
import { prepareLater } from './prepare-later.ts'
import { type SnapshotRequest, snapshotRequestSchema } from './snapshot-request.ts'
import { findRequest, type SnapshotRequestRow } from './snapshot-requests-store.ts'
import {
  failRequest,
  holdPicture,
  linkRequest,
  notePainter,
  unpinRequests,
} from './snapshots-system-store.ts'

const payloadSchema = z.object({ tenantId: z.guid(), id: z.uuid() })

/** Seconds until it is looked again whether a file was probed, and whether a node is there. */
const PROBE_PAUSE = 1
const NODE_PAUSE = 2
/** A picture that isn't painted by then is wanted no more. */
const PATIENCE_MINUTES = 10

/** Learned milliseconds and bytes of painting one frame, with loading the scene. */
const PAINT_MS = 400
const MEMORY = 512 * 1024 ** 2

/**
 * Job: brings a snapshot from its request to a frame job ahead of all renders, or to a picture that is there. It comes again
 * while a file is probed or no node is there.
 */
export async function prepareSnapshot(render: Render, payload: unknown, signal?: AbortSignal): Promise<void> {
  const name = payloadSchema.parse(payload)
  const row = await render.system.transact((transaction) => findRequest(transaction, name))
  if (row?.state !== 'preparing') return
  try {
    await prepare(render, row, signal)
  } catch (error) {
    const failure = asOneFailure(error)
    const isOurs = failure instanceof FlatRenderError
    if ((!isOurs || isPassing(failure)) && !isLate(row)) throw error
    if (!isOurs) render.report?.(error, 'render.prepare-snapshot')
    const { code, data } = isOurs ? failure : new FlatRenderError('REQUEST_FAILED', { requestId: row.id })
    await giveUp(render, row, { code, data: { ...data } })
  }
}

function isLate({ preparing_at: since }: SnapshotRequestRow): boolean {
  return Date.now() - since.getTime() > PATIENCE_MINUTES * 60_000
}

async function prepare(
  render: Render,
  row: SnapshotRequestRow,
  signal: AbortSignal | undefined,
): Promise<void> {
  const request = snapshotRequestSchema.parse(row.request)
  const gathered = await gatherScene(render, row, request, signal)
  const build =
    gathered && (await render.system.ask((transaction) => chooseBuild(transaction, render.config)))
  if (gathered !== undefined && build !== undefined)
    return order(render, row, { ...gathered, request }, build.engineBuild)
  if (isLate(row))
    return giveUp(render, row, { code: 'SNAPSHOT_TOO_LATE', data: { minutes: PATIENCE_MINUTES } })
  const pause = gathered === undefined ? PROBE_PAUSE : NODE_PAUSE
  await render.system.transact((transaction) =>
    prepareLater(transaction, { tenantId: row.tenant_id, id: row.id }, pause),
  )
}

async function giveUp(
  render: Render,
  row: SnapshotRequestRow,
  failure: { readonly code: string; readonly data: Readonly<Record<string, unknown>> },
): Promise<void> {
  await render.system.transact(async (transaction) => {
    await failRequest(transaction, row, failure)
    await unpinRequests(transaction, { tenantId: row.tenant_id, requestId: row.id })
  })
}

/** Compiles the scene, and has it painted unless the same picture is there or under way. */
async function order(
  render: Render,
  { tenant_id: tenantId, id, account_id: accountId }: SnapshotRequestRow,
  scene: GatheredScene & { readonly request: SnapshotRequest },
  engine: string,
): Promise<void> {
  const { request } = scene
  const { width, height, type, background, templateVersionId, priority, stored } = request
  const { lottie, frame } = await compile(scene)
  const json = JSON.stringify(lottie)
  const hash = sha256Hex(json)
  const cacheKey = hashJson({ engine, lottie: hash, frame, width, height, type, background })
  const content = Buffer.from(json)
  const file = { extension: '.json', contentType: 'application/json' }
  const kept = await keepInput(render, { tenantId, content, ...file }, { tenantId, holderId: id })
  const frameJobId = randomUUID()
  const objectKey = `render/${tenantId}/snapshots/${frameJobId}`
  await render.system.transact(async (transaction) => {
    const picture = await holdPicture(transaction, {
      tenantId,
      cacheKey,
      templateVersionId,
      scene: request.scene,
      frame: Math.floor(frame),
      width,
      height,
      type,
      objectKey,
    })
    await linkRequest(transaction, { tenantId, id }, picture.id)
    if (picture.object_key !== objectKey) return unpinRequests(transaction, { tenantId, requestId: id })
    const input = {
      kind: 'snapshot',
      ...listFiles(scene, lottie),
      lottie: { hash, bytes: content.byteLength, objectKey: kept.object_key, extension: file.extension },
      frame,
      width,
      height,
      format: type,
      background,
      objectKey,
    }
    await enqueueFrameJobs(transaction, [
      {
        tenantId,
        id: frameJobId,
        kind: 'snapshot',
        payer: { tenantId, accountId },
        renderJobId: null,
        lane: 'preview',
        priority,
        engineBuild: engine,
        templateHash: stored.contentHash,
        neededMemoryBytes: MEMORY,
        frames: 1,
        estimatedMs: PAINT_MS,
        input,
        waiters: 1,
      },
    ])
    await notePainter(transaction, picture, frameJobId)
  })
}

async function compile({
  template,
  story,
  library,
  request,
}: GatheredScene & { readonly request: SnapshotRequest }): Promise<PlannedStill> {
  const { format, frame } = request
  const fonts = await openFonts(template, listStoryTexts(template, story, format))
  const parts = { template, story, format, media: library, ...fonts }
  return planStill(parts, { scene: 0, ...(frame !== null && { designFrame: frame }) })
}

/** The files that the compiled scene names, as orders name them: by storage key, to be signed when it is leased. */
function listFiles(
  { files, request: { stored } }: GatheredScene & { readonly request: SnapshotRequest },
  lottie: PlannedStill['lottie'],
) {
  const named = listNamedFiles(lottie)
  const { contentHash, sha256, bytes, storageKey } = stored
  const template = { contentHash, hash: sha256, bytes, objectKey: storageKey }
  const byHash = new Map([...files.values()].map((file) => [file.hash, file]))
  return {
    template: named.packaged.length > 0 ? template : null,
    media: named.media.map((hash) => {
      const { bytes: length, objectKey, extension } = byHash.get(hash)!
      return { hash, bytes: length, objectKey, extension }
    }),
  }
}
