import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { findExportsOf } from './exports-store.ts'
import { nameFileOf } from './exports-system-store.ts'
import { mediaTypes } from './media-types.ts'
import { nameFile } from './show-export.ts'

/** Lists a render's finished video among the files of whom it is for. */
export async function registerExport({ system, files }: Render, row: RenderRow): Promise<void> {
  const { tenant_id: tenantId, account_id: accountId, owner_id: ownerId } = row
  const exports = await system.ask((transaction) => findExportsOf(transaction, tenantId, [row.id]))
  for (const file of exports) {
    if (file.state !== 'ready' || file.file_id !== null) continue
    const { fileId } = await files.files.registerExport(
      {
        id: file.id,
        ownerId,
        accountId,
        name: nameFile(file),
        contentType: mediaTypes[file.container],
        bytes: Number(file.bytes),
        sha256: file.hash!.toString('hex'),
        storageKey: file.object_key!,
      },
      { context: callAsSystem(tenantId) },
    )
    await system.ask((transaction) => nameFileOf(transaction, file, fileId))
  }
}
