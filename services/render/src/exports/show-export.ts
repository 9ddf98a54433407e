import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { describeExport } from './describe-export.ts'
import { requireExport } from './require-export.ts'

/** Seconds for which an address opens a file. */
const GOOD_FOR = 3600

/** A finished file, with an address that opens it for a while. Errors: EXPORT_UNKNOWN, STORAGE_UNREACHABLE. */
export async function showExport({ database, storage }: Render, { actor }: Call, { id }: { id: string }) {
  const { file } = await database.transact(actor, (transaction) => requireExport(transaction, actor, id))
  const shown = describeExport(file)
  if (file.state !== 'ready') return { ...shown, url: null, urlExpiresAt: null }
  // Counted from before it is signed: it never says more than holds.
  const urlExpiresAt = new Date(Date.now() + GOOD_FOR * 1000).toISOString()
  const filename = nameFile(file)
  const url = await storage.sign(file.object_key!, { method: 'get', expiresIn: GOOD_FOR, filename })
  return { ...shown, url, urlExpiresAt }
}

/** Under which name a person keeps it. */
export function nameFile(file: {
  readonly render_job_id: string | null
  readonly container: string
}): string {
  return `flatrender-${file.render_job_id}.${file.container}`
}
