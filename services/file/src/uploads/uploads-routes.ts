import type { FileDeps } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { completeUpload } from './complete-upload.ts'
import { createUpload } from './create-upload.ts'

const os = procedures.uploads

/** `uploads.*`: procedure → use case. */
export const uploadsRoutes = (deps: FileDeps) =>
  os.router({
    create: os.create.handler(({ context, input }) => createUpload(deps, context, input)),
    complete: os.complete.handler(({ context, input }) => completeUpload(deps, context, input)),
  })
