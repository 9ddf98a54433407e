import type { TemplatePackage } from '@flatrender/engine-scene'
import type { Content } from '../deps.ts'
import { draftStarter } from './draft-starter.ts'
import { measurePreset } from './measure-preset.ts'
import { prepareStarter } from './starter-package.ts'
import { starterScope } from './starter-scope.ts'
import { isDraft, publishDraft, publishTemplate, takeTurns } from './starters-store.ts'
import { restorePackage, storePackage } from './store-package.ts'

/** A starter template of this FlatRender. */
export interface PublishedStarter {
  readonly key: string
  /** Was this package published just now? */
  readonly fresh: boolean
}

/**
 * Publishes one package as a version of the template that its manifest names, unless it is one already. The row is there
 * before the stored file, as a draft: who is killed between the two leaves no file that nobody knows of, and the next
 * start goes on from there. Errors: those of the storage.
 */
export async function publishStarter(content: Content, template: TemplatePackage): Promise<PublishedStarter> {
  const { database, emit, version: engineMinimum } = content
  const starter = prepareStarter(template)
  const { slug: key } = starter
  const { tenantId } = starterScope
  const found = await database.transact(starterScope, (transaction) =>
    draftStarter(transaction, starter, engineMinimum),
  )
  if (found === undefined) return { key, fresh: false }
  if (found.state !== 'draft') {
    await restorePackage(content, starter, found)
    return { key, fresh: false }
  }
  const { id: versionId, template_id: templateId } = found
  const fresh = await database.transact(starterScope, async (transaction) => {
    // Who comes at the same time waits until the file is stored, and finds it published.
    await takeTurns(transaction, key)
    if (!(await isDraft(transaction, versionId))) return false
    await storePackage(content, starter)
    await publishDraft(transaction, { id: versionId, ...starter.archive() })
    await publishTemplate(transaction, {
      id: templateId,
      versionId,
      manifest: template.manifest,
      seconds: measurePreset(template),
    })
    const data = { templateId, versionId }
    await emit(transaction, { type: 'content.template.published', tenantId, subject: templateId, data })
    return true
  })
  return { key, fresh }
}
