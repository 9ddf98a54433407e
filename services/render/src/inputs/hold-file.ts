import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import type { RenderName } from '../renders/render-name.ts'
import { hasEnded } from '../renders/render-state.ts'
import { findRender } from '../renders/renders-store.ts'

/**
 * Keeps a file of somebody's from being deleted while a render needs it. One that has ended meanwhile lets go at once, for
 * whoever cleared up after it came before. Errors: FILE_UNKNOWN.
 */
export async function holdFile({ files, system }: Render, name: RenderName, fileId: string): Promise<void> {
  const context = { context: callAsSystem(name.tenantId) }
  const by = { service: 'render', noun: 'render_jobs', id: name.renderId }
  await files.files.reference({ id: fileId, by }, context)
  const row = await system.ask((transaction) => findRender(transaction, name))
  if (row === undefined || hasEnded(row.state)) await files.files.unreference({ by }, context)
}
