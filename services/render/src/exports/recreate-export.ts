import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { SystemTransaction } from '@flatrender/platform/db'
import { answerOnce } from '@flatrender/platform/service'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { readPlanObject } from '../plans/plan-object.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import type { Tables } from '../tables.ts'
import { assembleLater } from './assemble-later.ts'
import { describeExport } from './describe-export.ts'
import type { ExportRow } from './exports-store.ts'
import { beginAgain } from './exports-system-store.ts'
import { requireExport } from './require-export.ts'

/**
 * Has a file made again whose time was over, or that could not be made again before. Errors: EXPORT_UNKNOWN,
 * EXPORT_NOT_EXPIRED, EXPORT_UNREPEATABLE where what it was made of, or what made it, is there no more.
 */
export async function recreateExport(render: Render, call: Call, input: { id: string }) {
  const { system, secretKeys } = render
  const once = { call, service: 'render', procedure: 'exports.recreate', input, secretKeys }
  return system.transact((transaction) =>
    answerOnce(transaction, once, async () => {
      const { file, row } = await requireExport(transaction, call.actor, input.id)
      assertGone(file, row)
      await assertRepeatable(render, transaction, file, row)
      const begun = await beginAgain(transaction, file)
      // Somebody else was quicker.
      if (begun === undefined)
        throw new FlatRenderError('EXPORT_NOT_EXPIRED', { export: file.id, state: 'assembling' })
      await assembleLater(transaction, { tenantId: row.tenant_id, renderId: row.id })
      await tellAct(render, transaction, call, { action: 'export.recreated', subject: file.id })
      return describeExport(begun)
    }),
  )
}

/** One that failed was there before if its render has succeeded; else the render is what is to be tried again. */
function assertGone({ id, state }: ExportRow, row: RenderRow): void {
  if (state === 'expired' || (state === 'failed' && row.state === 'succeeded')) return
  throw new FlatRenderError('EXPORT_NOT_EXPIRED', { export: id, state })
}

async function assertRepeatable(
  { storage, config }: Render,
  transaction: SystemTransaction<Tables>,
  { id, recreation_ends_at: until }: ExportRow,
  row: RenderRow,
): Promise<void> {
  const refuse = (reason: string, cause?: unknown) =>
    new FlatRenderError('EXPORT_UNREPEATABLE', { export: id, reason }, { cause })
  if (row.emptied_at !== null) throw refuse('what it was made of is gone with its owner')
  if (until !== null && until.getTime() < Date.now())
    throw refuse(`what it was made of was kept until ${until.toISOString()}`)
  const { plan } = await readPlanObject(storage, row.plan_object_key!).catch((cause: unknown) => {
    throw isFlatRenderError(cause, 'STORED_FILE_MISSING') ? refuse('its plan is gone', cause) : cause
  })
  if ((await chooseBuild(transaction, config))?.engineBuild !== plan.engine)
    throw refuse('the nodes run another engine by now')
}
