import type { Consumer } from '@flatrender/platform/events'
import type { Content } from './deps.ts'
import { forgetUser } from './rows/forget-user.ts'

/** What the service does when something happens, a line each. */
export function listConsumers(content: Content): Readonly<Record<`content.${string}`, Consumer>> {
  return {
    'content.forget-user': {
      types: ['identity.user.deleted'],
      handle: (event) => forgetUser(content, event),
    },
  }
}
