import type { Call } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { RenderView } from '@flatrender/contracts/render'
import { answerOnce } from '@flatrender/platform/service'
import type { Render } from '../deps.ts'
import { holdFile } from '../inputs/hold-file.ts'
import { asOneFailure } from './describe-fault.ts'
import { describeRender } from './describe-render.ts'
import { type ExaminedRender, examineRender, type RenderWish } from './examine-render.ts'
import { placeRender } from './place-render.ts'
import type { RenderExtras } from './render-extras.ts'

/** A render on its way into the books. */
interface Taking {
  readonly procedure: string
  readonly input: unknown
  readonly wish: () => Promise<RenderWish>
  readonly more: RenderExtras
}

/** Examines a wish and writes the render down, once for each `Idempotency-Key`. Errors: those of submitting. */
export async function takeOn(
  render: Render,
  call: Call,
  { procedure, input, wish, more }: Taking,
): Promise<RenderView> {
  const { secretKeys, database } = render
  const examine = async () => {
    const wished = await wish()
    const examined = await examineRender(render, call, wished).catch((error: unknown) => {
      throw asOneFailure(error)
    })
    return { wished, examined }
  }
  // Nobody asks again without a key: then it is looked at before a transaction is begun.
  const early = call.idempotencyKey === null ? await examine() : undefined
  let needed: readonly string[] = []
  const view = await database.transact(call.actor, (transaction) =>
    answerOnce(transaction, { call, service: 'render', procedure, input, secretKeys }, async () => {
      const { wished, examined }: { wished: RenderWish; examined: ExaminedRender } =
        early ?? (await examine())
      needed = [...examined.media.files.values()].flatMap(({ fileId }) => fileId ?? [])
      return describeRender(await placeRender(render, transaction, call, { wished, examined, more }), [])
    }),
  )
  const name = { tenantId: call.actor.tenantId, renderId: view.id }
  for (const fileId of needed) await holdFile(render, name, fileId).catch(leaveToPlanning)
  return view
}

/** Deleted since it was looked at: the render fails with it, as it does where this process ends before it held anything. */
function leaveToPlanning(error: unknown): void {
  if (!isFlatRenderError(error, 'FILE_UNKNOWN')) throw error
}
