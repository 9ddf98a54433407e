import type { Call } from '@flatrender/contracts/call'
import { asSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { assertMinutes } from '../minutes/assert-minutes.ts'
import { measureVideo } from '../minutes/measure-video.ts'
import type { Tables } from '../tables.ts'
import type { ExaminedRender, RenderWish } from './examine-render.ts'
import { type AccountName, holdAccount } from './hold-account.ts'
import type { RenderExtras } from './render-extras.ts'
import { countOpen, insertRender, nameRender, type RenderRow } from './renders-store.ts'
import { PROMISED_SECONDS } from './renew-credits.ts'
import { nameActor } from './sight.ts'

/**
 * Seconds that credits stay promised to a render that is not there: nobody knows of it if the process ends between the two.
 * Once there, it renews them.
 */
const UNSEEN_SECONDS = 600

/** Renders of an account that may wait or be under way, for each that its plan allows at once. */
export const OPEN_FOR_EACH = 100
/** Of those, what batches leave to renders that are asked for meanwhile. */
const BATCHES_SHARE = 0.5

/** How many renders an account may have that wait or are under way; `ofBatches`: before a batch adds no more. */
export function countMostOpen(
  { concurrentRenders }: NonNullable<Standing['plan']>,
  { ofBatches }: { readonly ofBatches: boolean },
): number {
  return Math.floor(concurrentRenders * OPEN_FOR_EACH * (ofBatches ? BATCHES_SHARE : 1))
}

/** A render that is placed. */
export interface Placing {
  readonly wished: RenderWish
  readonly examined: ExaminedRender
  readonly more: RenderExtras
  /** Hears that its credits are reserved, if its plan lets it be worked on at once. */
  readonly onPaid?: () => void
}

/**
 * Reserves a render's credits under its id, writes it down and tells so: in the queue, or where its account's plan lets it be
 * worked on at once, as being prepared. Errors: RENDERS_TOO_MANY, PLAN_MINUTES_SPENT,
 * CREDITS_SHORT; of a row whose batch has promised its credits CREDIT_RESERVATION_ENDED where that came too late.
 */
export async function placeRender(
  render: Render,
  transaction: TenantTransaction<Tables>,
  call: Call,
  { wished, examined, more, onPaid }: Placing,
): Promise<RenderRow> {
  const { actor } = call
  const { tenantId } = actor
  const { standing, stored, output, media, story } = examined
  const { accountId, plan } = standing
  const { batch, batch: { promised } = {} } = more
  const account = { tenantId, accountId }
  const milliseconds = measureVideo(output, examined.frames)
  let open = 0
  if (plan !== null) {
    await holdAccount(transaction, account, 'renders')
    open = await assertRoom(transaction, account, countMostOpen(plan, { ofBatches: batch !== undefined }))
    // What was promised counts already.
    const unpromised = milliseconds - (promised?.milliseconds ?? 0)
    if (unpromised > 0) await assertMinutes(transaction, account, plan, { milliseconds: unpromised })
  }
  const id = promised?.renderId ?? (await nameRender(transaction))
  const credits = promised?.credits ?? examined.credits
  const promise = { accountId, reference: id, amount: credits }
  const context = { context: asSystem(call) }
  if (batch === undefined || promised === undefined)
    await render.identity.credits.reserve({ ...promise, expiresInSeconds: UNSEEN_SECONDS }, context)
  else
    await render.identity.credits.split(
      { ...promise, from: batch.id, expiresInSeconds: PROMISED_SECONDS },
      context,
    )
  // Whoever is open counts, those in the queue too: then nobody goes before it, and it needn't be asked again.
  const hasPlace = plan === null || open < plan.concurrentRenders
  if (hasPlace) onPaid?.()
  const row = await insertRender(transaction, {
    tenant_id: tenantId,
    id,
    owner_id: standing.ownerId,
    api_key_id: nameActor(actor).keyId,
    account_id: accountId,
    template_id: wished.templateId,
    template_version_id: wished.versionId,
    template_package: { ...stored },
    batch_id: batch?.id ?? null,
    batch_row: batch?.row ?? null,
    retry_of_id: more.retryOfId,
    modifications: { ...wished.modifications },
    output: { ...output },
    metadata: { ...more.metadata },
    webhook_url: more.webhook ?? null,
    lane: wished.lane,
    state: hasPlace ? 'preparing' : 'queued',
    priority: plan?.priority ?? 0,
    running_cap: plan?.concurrentRenders ?? null,
    watermarked: plan?.hasWatermark ?? false,
    has_voiceover:
      story.voiceover !== undefined || story.scenes.some(({ voiceover }) => voiceover !== undefined),
    media: Object.fromEntries(media.files),
    credits_quoted: String(credits),
    credits_reserved: String(credits),
    video_ms: milliseconds,
  })
  await render.emit(transaction, {
    type: 'render.job.submitted',
    tenantId,
    subject: id,
    data: { renderId: id },
  })
  return row
}

/** How many an account has; there is room for one more. */
async function assertRoom(
  transaction: TenantTransaction<Tables>,
  account: AccountName,
  limit: number,
): Promise<number> {
  const open = await countOpen(transaction, account)
  if (open >= limit) throw new FlatRenderError('RENDERS_TOO_MANY', { open, limit })
  return open
}
