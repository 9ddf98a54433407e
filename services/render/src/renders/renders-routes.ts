import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { cancelRender } from './cancel-render.ts'
import { listRenders } from './list-renders.ts'
import { retryRender } from './retry-render.ts'
import { showRender } from './show-render.ts'
import { submitRender } from './submit-render.ts'
import { watchRender } from './watch-render.ts'

const os = procedures.renders

/** `renders.*`: procedure → use case. */
export const rendersRoutes = (render: Render) =>
  os.router({
    submit: os.submit.handler(({ input, context }) => submitRender(render, context, input)),
    list: os.list.handler(({ input, context }) => listRenders(render, context, input)),
    show: os.show.handler(({ input, context }) => showRender(render, context, input)),
    cancel: os.cancel.handler(({ input, context }) => cancelRender(render, context, input)),
    retry: os.retry.handler(({ input, context }) => retryRender(render, context, input)),
    events: os.events.handler(({ input, context, signal }) => watchRender(render, context, input, signal)),
  })
