import type { Call } from '@flatrender/contracts/call'
import type { RenderView } from '@flatrender/contracts/render'
import { answerOnce } from '@flatrender/platform/service'
import { foreseeRender } from '../compile/foresee-render.ts'
import type { Render } from '../deps.ts'
import { holdFiles } from '../inputs/hold-files.ts'
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
  let taken: ExaminedRender | undefined
  const view = await database.transact(call.actor, (transaction) =>
    answerOnce(transaction, { call, service: 'render', procedure, input, secretKeys }, async () => {
      const { wished, examined }: { wished: RenderWish; examined: ExaminedRender } =
        early ?? (await examine())
      taken = examined
      const onPaid = () => void foreseeRender(render, examined)
      const row = await placeRender(render, transaction, call, { wished, examined, more, onPaid })
      return describeRender(row, [])
    }),
  )
  const name = { tenantId: call.actor.tenantId, renderId: view.id }
  if (taken !== undefined) await holdFiles(render, name, taken.media)
  return view
}
