import { showArchive } from '../archives/show-archive.ts'
import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { cancelBatch } from './cancel-batch.ts'
import { listBatchRows } from './list-batch-rows.ts'
import { listBatches } from './list-batches.ts'
import { showBatch } from './show-batch.ts'
import { submitBatch } from './submit-batch.ts'
import { watchBatch } from './watch-batch.ts'

const os = procedures.batches

/** `batches.*`: procedure → use case. */
export const batchesRoutes = (render: Render) =>
  os.router({
    submit: os.submit.handler(({ input, context }) => submitBatch(render, context, input)),
    list: os.list.handler(({ input, context }) => listBatches(render, context, input)),
    show: os.show.handler(({ input, context }) => showBatch(render, context, input)),
    listRows: os.listRows.handler(({ input, context }) => listBatchRows(render, context, input)),
    cancel: os.cancel.handler(({ input, context }) => cancelBatch(render, context, input)),
    events: os.events.handler(({ input, context, signal }) => watchBatch(render, context, input, signal)),
    archive: os.archive.handler(({ input, context }) => showArchive(render, context, input)),
  })
