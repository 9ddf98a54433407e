import type { Call } from '@flatrender/contracts/call'
import type { FlatRenderError } from '@flatrender/contracts/errors'
import { layOver } from '@flatrender/engine-scene'
import type { Render } from '../deps.ts'
import { isPassing } from '../plans/is-passing.ts'
import { listFailures } from '../renders/describe-fault.ts'
import { findTerms, type RenderTerms, type RenderWish } from '../renders/examine-render.ts'
import { type BatchRequest, batchRequestSchema, callOf } from './batch-request.ts'
import type { KeptRow } from './batch-rows-store.ts'
import type { KeptBatch } from './batches-store.ts'

/** What rows of a batch are looked at with. */
export interface OpenBatch {
  readonly batch: KeptBatch
  readonly request: BatchRequest
  readonly call: Call
  readonly terms: RenderTerms
}

/** One of which no row can be rendered: the version is gone, or the user, or their plan has no API any more. */
export interface ForbiddenBatch {
  readonly batch: KeptBatch
  readonly forbidden: readonly FlatRenderError[]
}
/** Either. */
export type MaybeOpenBatch = OpenBatch | ForbiddenBatch

/** Can no row of it be rendered? */
export function isForbidden(open: MaybeOpenBatch): open is ForbiddenBatch {
  return 'forbidden' in open
}

/** Who asked, under what terms, and for what; or what forbids all rows. Errors: those that may pass. */
export async function openBatch(render: Render, batch: KeptBatch): Promise<MaybeOpenBatch> {
  const request = batchRequestSchema.parse(batch.request)
  const call = callOf(request)
  try {
    const terms = await findTerms(render, call, { versionId: batch.template_version_id })
    return { batch, request, call, terms }
  } catch (error) {
    const forbidden = listFailures(error)
    if (forbidden.length === 0 || forbidden.some(isPassing)) throw error
    return { batch, forbidden }
  }
}

/** What a row wants: its own words over those of all. Errors: those of modifications. */
export function wishOf({ batch, request, terms }: OpenBatch, { modifications }: KeptRow): RenderWish {
  return {
    templateId: batch.template_id,
    versionId: batch.template_version_id,
    modifications: layOver(terms.template.manifest, request.modifications, modifications ?? {}),
    output: request.output,
    lane: batch.lane,
    webhook: batch.webhook_url ?? undefined,
  }
}
