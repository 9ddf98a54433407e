import type { Render } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { showSnapshot } from './show-snapshot.ts'
import { submitSnapshot } from './submit-snapshot.ts'

const os = procedures.snapshots

/** `snapshots.*`: procedure → use case. */
export const snapshotsRoutes = (render: Render) =>
  os.router({
    submit: os.submit.handler(({ input, context }) => submitSnapshot(render, context, input)),
    show: os.show.handler(({ input, context }) => showSnapshot(render, context, input)),
  })
