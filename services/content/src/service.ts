import { listConsumers } from './consumers.ts'
import { type ContentDeps, openContent } from './deps.ts'
import { createRouter } from './router.ts'
import { publishStarters } from './starters/publish-starters.ts'

export type { ContentDeps, ContentEvent } from './deps.ts'
export type { PublishedStarter } from './starters/publish-starter.ts'
export type { Tables as ContentTables } from './tables.ts'

/** Templates and their versions. Nothing is connected, and nothing runs, before it is asked. */
export function createContentService(deps: ContentDeps) {
  const content = openContent(deps)
  return {
    router: createRouter(content),
    consumers: listConsumers(content),
    /** Publishes the packages of a folder's folders to everybody; those that are published already stay as they are. */
    publishStarters: (folder: string) => publishStarters(content, folder),
  }
}
