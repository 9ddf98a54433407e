import type { Call } from '@flatrender/contracts/call'
import { asSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SnapshotView } from '@flatrender/contracts/render'
import { chooseFormat, hashJson, requireStory } from '@flatrender/engine-scene'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { findMedia } from '../inputs/find-media.ts'
import { isPassing } from '../plans/is-passing.ts'
import { assertApi } from '../renders/assert-api.ts'
import { asOneFailure, readKeptFailure } from '../renders/describe-fault.ts'
import { findVersion } from '../renders/find-version.ts'
import { holdAccount } from '../renders/hold-account.ts'
import { nameActor } from '../renders/sight.ts'
import type { Tables } from '../tables.ts'
import { cutStory } from './cut-story.ts'
import { describeSnapshot } from './describe-snapshot.ts'
import { readSize } from './read-size.ts'
import type { SnapshotRequest } from './snapshot-request.ts'
import {
  type AskedSnapshot,
  countOpenRequests,
  keepRequest,
  type NewSnapshotRequest,
  reviveRequest,
  type SnapshotRequestRow,
  usePicture,
} from './snapshot-requests-store.ts'

/** A request as it is sent. */
export interface SnapshotWish {
  readonly template: string
  readonly version?: string | undefined
  readonly modifications: Readonly<Record<string, unknown>>
  readonly scene: string
  readonly frame?: number | undefined
  readonly format?: string | undefined
  readonly width?: number | undefined
  readonly type: 'png' | 'webp'
  readonly transparent: boolean
}

/** Snapshots of an account that may be under way at once. */
const MOST_OPEN = 200
/** What failed is not tried again sooner: who waits for it sends it again and again. */
const REST_SECONDS = 60

/**
 * Has one picture of a scene painted, unless it is there. The same request of the same person names the same snapshot, so
 * it may be sent again and again; 202 while nothing has come of it. Errors: TEMPLATE_UNKNOWN, VERSION_UNKNOWN, SCENE_UNKNOWN; those of modifications and
 * media, several as RENDER_INVALID; PLAN_WITHOUT_API, RENDER_OVER_PLAN, SNAPSHOTS_TOO_MANY.
 */
export async function submitSnapshot(
  render: Render,
  call: Call,
  wish: SnapshotWish,
): Promise<{ status: 200 | 202; body: SnapshotView }> {
  const asked = await examine(render, call, wish).catch((error: unknown) => {
    throw asOneFailure(error)
  })
  const found = await render.database.transact(call.actor, (transaction) => keep(render, transaction, asked))
  const body = await describeSnapshot(render.storage, found)
  return { status: body.state === 'ready' || body.state === 'failed' ? 200 : 202, body }
}

async function examine(render: Render, call: Call, wish: SnapshotWish): Promise<NewSnapshotRequest> {
  const { templateId: _, versionId } = await findVersion(render, call, wish)
  const context = { context: asSystem(call) }
  const { userId: ownerId, keyId } = nameActor(call.actor)
  const standing = await render.identity.plans.standingOf(nameActor(call.actor), context)
  const { accountId, plan } = standing
  assertApi(call.actor, plan)
  const stored = await render.content.versions.packageOf({ versionId }, context)
  const template = await render.templates.take(stored)
  const told = requireStory(template.manifest, wish.modifications)
  const story = cutStory(template.manifest, told, wish.scene)
  const { files } = await findMedia(render, call, { story, stored, template, ownerId: standing.ownerId })
  const format = chooseFormat(template, wish.format)
  const { width, height } = readSize(template.manifest.formats[format]!, wish.width, plan)
  const { modifications, scene, type } = wish
  const request: SnapshotRequest = {
    stored,
    templateVersionId: versionId,
    modifications: { ...modifications },
    scene,
    frame: wish.frame ?? null,
    format,
    width,
    height,
    type,
    background: wish.transparent ? null : '#000000',
    watermarked: plan?.hasWatermark ?? false,
    priority: plan?.priority ?? 0,
    media: Object.fromEntries(files),
  }
  const { tenantId } = call.actor
  const { media: _files, priority: _priority, stored: of, ...told_ } = request
  const { version } = render
  const requestKey = hashJson({ ownerId, keyId, version, content: of.contentHash, ...told_ })
  return { tenantId, ownerId, keyId, accountId, requestKey, request, width, height, type }
}

/** Writes the request down, and has it prepared where no picture is there or under way. */
async function keep(
  render: Render,
  transaction: TenantTransaction<Tables>,
  asked: NewSnapshotRequest,
): Promise<AskedSnapshot> {
  const { row, isNew } = await keepRequest(transaction, asked)
  if (isNew) return begin(render, transaction, row)
  const picture = await usePicture(transaction, row)
  if (!isAnew({ row, picture })) return { row, picture }
  return begin(render, transaction, await reviveRequest(transaction, row, asked.request))
}

/** Has a request prepared that is written down, if its account may have one more. Whoever hears of it compiles it. */
async function begin(
  render: Render,
  transaction: TenantTransaction<Tables>,
  row: SnapshotRequestRow,
): Promise<AskedSnapshot> {
  const { tenant_id: tenantId, account_id: accountId, id } = row
  await holdAccount(transaction, { tenantId, accountId }, 'snapshots')
  const open = await countOpenRequests(transaction, { tenantId, accountId })
  if (open > MOST_OPEN) throw new FlatRenderError('SNAPSHOTS_TOO_MANY', { open: open - 1, limit: MOST_OPEN })
  const type = 'render.snapshot.requested'
  await render.emit(transaction, { type, tenantId, subject: id, data: { snapshotId: id } })
  return { row, picture: undefined }
}

/** Is the picture gone, or did it fail for something that may go well by now? */
function isAnew({ row, picture }: AskedSnapshot): boolean {
  if (picture?.state === 'evicted') return true
  const failure = readKeptFailure(row.failure_code ?? picture?.failure_code ?? '', {})
  const hasRested = Date.now() - row.preparing_at.getTime() > REST_SECONDS * 1000
  return hasRested && failure !== undefined && isPassing(failure)
}
