import { findMissing } from '@flatrender/platform/references'
import type { Content } from '../deps.ts'

/** Those of the ids that no row has: another service asks whether what it keeps still names something. */
export async function listMissing(
  { system }: Content,
  { of, ids }: { of: 'templates' | 'template_versions'; ids: string[] },
): Promise<{ ids: string[] }> {
  return { ids: await system.transact((transaction) => findMissing(transaction, `content.${of}`, ids)) }
}
