import type { Content } from '../deps.ts'
import { listPackageFolders } from './list-package-folders.ts'
import { type PublishedStarter, publishStarter } from './publish-starter.ts'
import { readPackage } from './read-package.ts'
import { removeLeftDrafts } from './remove-left-drafts.ts'

/**
 * Publishes the packages that lie in a folder's folders as templates of the default tenant, shared with everybody. What is
 * published already stays as it is; done twice, or by many processes at once, it is done once. Errors: those of reading a
 * package and of the storage.
 */
export async function publishStarters(content: Content, folder: string): Promise<PublishedStarter[]> {
  const starters: PublishedStarter[] = []
  for (const place of await listPackageFolders(folder))
    starters.push(await publishStarter(content, await readPackage(place)))
  await removeLeftDrafts(content)
  return starters
}
