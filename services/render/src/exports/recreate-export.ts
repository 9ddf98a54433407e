import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { tellAct } from '../acts/tell-act.ts'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { readPlanObject } from '../plans/plan-object.ts'
import { assembleLater } from './assemble-later.ts'
import { describeExport } from './describe-export.ts'
import { beginAgain } from './exports-system-store.ts'
import { requireExport } from './require-export.ts'

/**
 * Has a file made again whose time was over. Errors: EXPORT_UNKNOWN, EXPORT_NOT_EXPIRED, EXPORT_UNREPEATABLE where what it was
 * made of, or what made it, is there no more.
 */
export async function recreateExport(render: Render, call: Call, input: { id: string }) {
  const { database, system, storage, secretKeys } = render
  const { actor } = call
  return database.transact(actor, (transaction) =>
    answerOnce(
      transaction,
      { call, service: 'render', procedure: 'exports.recreate', input, secretKeys },
      async () => {
        const { file, row } = await requireExport(transaction, actor, input.id)
        const { id, state } = file
        if (state !== 'expired') throw new FlatRenderError('EXPORT_NOT_EXPIRED', { export: id, state })
        if (row.emptied_at !== null)
          throw new FlatRenderError('EXPORT_UNREPEATABLE', {
            export: id,
            reason: 'what it was made of is gone with its owner',
          })
        const { plan } = await readPlanObject(storage, row.plan_object_key!).catch((cause: unknown) => {
          throw isFlatRenderError(cause, 'STORED_FILE_MISSING')
            ? new FlatRenderError(
                'EXPORT_UNREPEATABLE',
                { export: id, reason: 'its plan is gone' },
                { cause },
              )
            : cause
        })
        if ((await chooseBuild(render))?.engineBuild !== plan.engine)
          throw new FlatRenderError('EXPORT_UNREPEATABLE', {
            export: id,
            reason: 'the nodes run another engine by now',
          })
        await system.transact(async (own) => {
          await beginAgain(own, file)
          await assembleLater(own, { tenantId: row.tenant_id, renderId: row.id })
          await tellAct(render, own, call, { action: 'export.recreated', subject: id })
        })
        return { ...describeExport(file), state: 'assembling' as const }
      },
    ),
  )
}
