import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { recreateExport } from './recreate-export.ts'
import { showExport } from './show-export.ts'

const os = procedures.exports

/** `exports.*`: procedure → use case. */
export const exportsRoutes = (render: Render) =>
  os.router({
    show: os.show.handler(({ input, context }) => showExport(render, context, input)),
    recreate: os.recreate.handler(({ input, context }) => recreateExport(render, context, input)),
  })
