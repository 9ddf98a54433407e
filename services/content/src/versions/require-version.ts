import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Content } from '../deps.ts'
import { findVersion, type VersionRow } from './versions-store.ts'

/** A published or retired version that the actor's tenant sees. Errors: VERSION_UNKNOWN. */
export async function requireVersion(content: Content, actor: Actor, id: string): Promise<VersionRow> {
  const row = await content.database.transact(actor, (transaction) => findVersion(transaction, id))
  if (row === undefined) throw new FlatRenderError('VERSION_UNKNOWN', { version: id })
  return row
}
