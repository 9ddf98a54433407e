import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Content } from '../deps.ts'
import { describeTemplate } from './describe-template.ts'
import { findTemplate } from './templates-store.ts'

/** Shows a template by id or key. Errors: TEMPLATE_UNKNOWN. */
export async function showTemplate(content: Content, { actor }: Call, { id }: { id: string }) {
  const row = await content.database.transact(actor, (transaction) => findTemplate(transaction, actor, id))
  if (row === undefined) throw new FlatRenderError('TEMPLATE_UNKNOWN', { template: id })
  return describeTemplate(row, actor)
}
