import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { BatchView, Lane, OutputChoice } from '@flatrender/contracts/render'
import type { TenantTransaction } from '@flatrender/platform/db'
import { answerOnce } from '@flatrender/platform/service'
import type { Render } from '../deps.ts'
import { readOutput } from '../output/read-output.ts'
import { findTerms, type RenderTerms } from '../renders/examine-render.ts'
import { findVersion } from '../renders/find-version.ts'
import { holdAccount } from '../renders/hold-account.ts'
import { nameActor } from '../renders/sight.ts'
import type { Tables } from '../tables.ts'
import { type BatchRequest, keepActor } from './batch-request.ts'
import { insertRows, type SentRow } from './batch-rows-store.ts'
import { countOpenBatches, insertBatch } from './batches-store.ts'
import { describeBatches } from './describe-batch.ts'

/** A request as it is sent. */
export interface SentBatch {
  readonly template: string
  readonly version?: string | undefined
  readonly name?: string | undefined
  readonly modifications: Readonly<Record<string, unknown>>
  readonly output: OutputChoice
  readonly webhook?: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly lane: Lane
  readonly allOrNothing: boolean
  readonly rows: readonly SentRow[]
}

/** A batch whose rows weren't looked at, and what was found out about all of them. */
interface Examined extends RenderTerms {
  readonly templateId: string
  readonly versionId: string
}

/** Batches of an account that may be under way at once. */
const MOST_OPEN = 50

/**
 * Takes many videos on: what all rows share is looked at now, each row later. Errors: TEMPLATE_UNKNOWN, VERSION_UNKNOWN,
 * those of output and webhook, RENDER_OVER_PLAN, BATCHES_TOO_MANY.
 */
export async function submitBatch(render: Render, call: Call, input: SentBatch): Promise<BatchView> {
  const { secretKeys, database } = render
  const once = { call, service: 'render', procedure: 'batches.submit', input, secretKeys }
  // Nobody asks again without a key: then it is looked at before a transaction is begun.
  const early = call.idempotencyKey === null ? await examine(render, call, input) : undefined
  return database.transact(call.actor, (transaction) =>
    answerOnce(transaction, once, async () =>
      keep(render, transaction, call, { input, examined: early ?? (await examine(render, call, input)) }),
    ),
  )
}

async function examine(render: Render, call: Call, input: SentBatch): Promise<Examined> {
  const { templateId, versionId } = await findVersion(render, call, input)
  const terms = await findTerms(render, call, { versionId })
  const { plan } = terms.standing
  const rows = input.rows.length
  if (plan !== null && rows > plan.maxBatchRows)
    throw new FlatRenderError('RENDER_OVER_PLAN', {
      plan: plan.slug,
      what: 'rows of a batch',
      limit: `${plan.maxBatchRows}`,
      wanted: `${rows}`,
    })
  readOutput(terms.template, input.output, { plan, lane: input.lane })
  if (input.webhook !== undefined) await render.outbound.assertCallable(input.webhook)
  return { ...terms, templateId, versionId }
}

async function keep(
  render: Render,
  transaction: TenantTransaction<Tables>,
  { actor }: Call,
  { input, examined }: { input: SentBatch; examined: Examined },
): Promise<BatchView> {
  const { tenantId } = actor
  const { accountId, ownerId } = examined.standing
  await holdAccount(transaction, { tenantId, accountId }, 'batches')
  const open = await countOpenBatches(transaction, { tenantId, accountId })
  if (open >= MOST_OPEN) throw new FlatRenderError('BATCHES_TOO_MANY', { open, limit: MOST_OPEN })
  const request: BatchRequest = {
    actor: keepActor(actor),
    modifications: { ...input.modifications },
    output: input.output,
  }
  const batch = await insertBatch(transaction, {
    tenant_id: tenantId,
    owner_id: ownerId,
    api_key_id: nameActor(actor).keyId,
    account_id: accountId,
    template_id: examined.templateId,
    template_version_id: examined.versionId,
    name: input.name ?? null,
    lane: input.lane,
    metadata: { ...input.metadata },
    webhook_url: input.webhook ?? null,
    request: { ...request },
    rows_total: input.rows.length,
    all_or_nothing: input.allOrNothing,
    state: input.allOrNothing ? 'examining' : 'placing',
  })
  const { id: batchId } = batch
  await insertRows(transaction, { tenantId, batchId, ownerId }, input.rows)
  await render.emit(transaction, {
    type: 'render.batch.submitted',
    tenantId,
    subject: batchId,
    data: { batchId },
  })
  return (await describeBatches(transaction, tenantId, [batch]))[0]!
}
