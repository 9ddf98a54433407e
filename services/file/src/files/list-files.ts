import type { Call } from '@flatrender/contracts/call'
import type { FileKind } from '@flatrender/contracts/file'
import type { FileDeps } from '../deps.ts'
import { describeFile } from './describe-file.ts'
import { findFiles } from './files-store.ts'
import { findSight } from './find-sight.ts'

/** Lists the files that somebody sees, a page at a time, the newest first. */
export async function listFiles(
  deps: FileDeps,
  call: Call,
  { limit, ...filter }: { kind?: FileKind | undefined; cursor?: string | undefined; limit: number },
) {
  const sight = await findSight(deps, call)
  const rows = await deps.database.transact(call.actor, (transaction) =>
    // One more tells whether there is a next page.
    findFiles(transaction, call.actor.tenantId, { ...filter, sight, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  return { files: page.map(describeFile), next: rows.length > page.length ? page.at(-1)!.id : null }
}
