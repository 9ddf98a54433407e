import type { FileDeps } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { showQuota } from '../quotas/show-quota.ts'
import { deleteFile } from './delete-file.ts'
import { forgetExport } from './forget-export.ts'
import { inputOf } from './input-of.ts'
import { listFiles } from './list-files.ts'
import { referenceFile } from './reference-file.ts'
import { registerExport } from './register-export.ts'
import { showFile } from './show-file.ts'
import { unreferenceFiles } from './unreference-files.ts'

const os = procedures.files

/** `files.*`: procedure → use case. */
export const filesRoutes = (deps: FileDeps) =>
  os.router({
    list: os.list.handler(({ context, input }) => listFiles(deps, context, input)),
    show: os.show.handler(({ context, input }) => showFile(deps, context, input)),
    delete: os.delete.handler(({ context, input }) => deleteFile(deps, context, input)),
    quota: os.quota.handler(({ context }) => showQuota(deps, context)),
    inputOf: os.inputOf.handler(({ context, input }) => inputOf(deps, context, input)),
    reference: os.reference.handler(({ context, input }) => referenceFile(deps, context, input)),
    unreference: os.unreference.handler(({ context, input }) => unreferenceFiles(deps, context, input)),
    registerExport: os.registerExport.handler(({ context, input }) => registerExport(deps, context, input)),
    forgetExport: os.forgetExport.handler(({ context, input }) => forgetExport(deps, context, input)),
  })
