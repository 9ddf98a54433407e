import type { Consumer } from '@flatrender/platform/events'
import type { FileDeps } from './deps.ts'
import { removeContent } from './files/remove-content.ts'
import { forgetUser } from './rows/forget-user.ts'

/** What the service does when something happens, a line each. */
export function listConsumers(deps: FileDeps): Readonly<Record<`file.${string}`, Consumer>> {
  return {
    'file.remove-content': { types: ['file.file.deleted'], handle: (event) => removeContent(deps, event) },
    'file.forget-user': { types: ['identity.user.deleted'], handle: (event) => forgetUser(deps, event) },
  }
}
