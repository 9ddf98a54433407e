import type { Consumer } from '@flatrender/platform/events'
import type { NotificationDeps } from './deps.ts'
import { forgetUser } from './mails/forget-user.ts'
import { mailEvent } from './mails/mail-event.ts'
import { mailedTypes } from './words/words.ts'

/** What the service does when something happens, a line each. */
export function listConsumers(deps: NotificationDeps): Readonly<Record<`notification.${string}`, Consumer>> {
  return {
    'notification.mail': { types: mailedTypes, handle: (event) => mailEvent(deps, event) },
    'notification.forget-user': {
      types: ['identity.user.deleted'],
      handle: (event) => forgetUser(deps, event),
    },
  }
}
