import type { Call } from '@flatrender/contracts/call'
import type { Content } from '../deps.ts'
import { describeTemplate } from './describe-template.ts'
import { findTemplates, type TemplateFilter } from './templates-store.ts'

/** Lists the templates that a tenant may use, a page at a time, the newest first. */
export async function listTemplates(
  content: Content,
  { actor }: Call,
  { limit, ...filter }: TemplateFilter & { limit: number },
) {
  const rows = await content.database.transact(actor, (transaction) =>
    // One more tells whether there is a next page.
    findTemplates(transaction, { ...filter, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  return {
    templates: page.map((row) => describeTemplate(row, actor)),
    next: rows.length > page.length ? page.at(-1)!.id : null,
  }
}
