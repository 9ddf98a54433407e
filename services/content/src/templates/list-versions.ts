import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Content } from '../deps.ts'
import { describeVersion } from '../versions/describe-version.ts'
import { findVersionsOf } from '../versions/versions-store.ts'
import { findTemplate } from './templates-store.ts'

/** Lists a template's versions, the newest first. Errors: TEMPLATE_UNKNOWN. */
export async function listVersions(content: Content, { actor }: Call, { id }: { id: string }) {
  return content.database.transact(actor, async (transaction) => {
    const template = await findTemplate(transaction, actor, id)
    if (template === undefined) throw new FlatRenderError('TEMPLATE_UNKNOWN', { template: id })
    const rows = await findVersionsOf(transaction, template)
    return { versions: rows.map(describeVersion) }
  })
}
