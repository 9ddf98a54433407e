import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { EndedFrameJob } from '../frame-jobs/new-frame-job.ts'
import type { Outcome } from '../frame-jobs/outcome.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
import { clearLater, failRender } from '../renders/end-render.ts'
import { quoteRender } from '../renders/quote-render.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { holdRender, moveRender } from '../renders/renders-system-store.ts'
import type { Tables } from '../tables.ts'
import type { ExportRow } from './exports-store.ts'
import { completeExport, giveUpExport, holdExportOf } from './exports-system-store.ts'

/** What follows from the end of joining: the video is there, or its render has failed. */
export const takeAssembled: Outcome = async (render, transaction, ended) => {
  for (const job of ended.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
    await takeOne(render, transaction, job)
}

function nameOf({ tenantId, renderJobId }: EndedFrameJob): string {
  return `${tenantId} ${renderJobId}`
}

async function takeOne(render: Render, transaction: SystemTransaction<Tables>, job: EndedFrameJob) {
  const { tenantId, renderJobId, outcome, input, nodeId } = job
  const name = { tenantId, renderId: renderJobId! }
  const row = await holdRender(transaction, name)
  const file = await holdExportOf(transaction, name)
  // Somebody began anew meanwhile, or gave it up: this changes nothing.
  if (row === undefined || file === undefined || file.object_key !== input.objectKey) return
  if (outcome.state === 'verified' && outcome.result.kind === 'assemble') {
    const wanted = row.state === 'assembling' || row.state === 'succeeded'
    if (!wanted) return giveUp(transaction, name, 'RENDER_CANCELLED')
    const { hash, bytes, durationMs } = outcome.result
    const { exportDays: days, recreateDays } = render.config
    await completeExport(transaction, file, { hash, bytes, durationMs, days, recreateDays })
    return finish(render, transaction, row, file)
  }
  if (outcome.state !== 'failed') return giveUp(transaction, name, 'RENDER_CANCELLED')
  const { failure, crash } = outcome
  await giveUp(transaction, name, failure.code)
  const data = { ...failure.data, node: nodeId ?? '', ...(crash !== null && { crash, record: crash }) }
  await failRender(render, transaction, name, { code: failure.code, data })
}

/** A file that will not be there; of a render that ended before, it was all that its segments were still held for. */
async function giveUp(transaction: SystemTransaction<Tables>, name: RenderName, code: string): Promise<void> {
  await giveUpExport(transaction, name, code)
  await clearLater(transaction, name)
}

/** Ends a render whose file is there; of one that ended before, the file alone is told. */
async function finish(
  render: Render,
  transaction: SystemTransaction<Tables>,
  row: RenderRow,
  file: ExportRow,
): Promise<void> {
  const { tenant_id: tenantId, id: renderId } = row
  const name = { tenantId, renderId }
  const price = quoteRender({ ...readKeptOutput(row), frames: row.frames_total! })
  const settled = Math.min(price, Number(row.credits_reserved))
  const moved = await moveRender(transaction, name, 'succeeded', { credits_settled: String(settled) })
  await render.emit(transaction, {
    type: moved === undefined ? 'render.export.ready' : 'render.job.succeeded',
    tenantId,
    subject: renderId,
    data: { renderId, exportId: file.id },
  })
  await clearLater(transaction, name)
}
