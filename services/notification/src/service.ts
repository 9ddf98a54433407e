import type { Consumer } from '@flatrender/platform/events'
import type { NotificationDeps } from './deps.ts'
import { forgetUser } from './mails/forget-user.ts'
import { mailEvent } from './mails/mail-event.ts'
import { mailedTypes } from './words/words.ts'

export type { NotificationDeps } from './deps.ts'
export type { Mailer } from './mails/mailer.ts'
export { openFolderMailer, openSmtpMailer } from './mails/open-mailers.ts'

/** What the notification service takes off the queue. */
export interface NotificationService {
  readonly consumers: Readonly<Record<`notification.${string}`, Consumer>>
}

/** The notification service: it hears of events, and tells people. */
export function createNotificationService(deps: NotificationDeps): NotificationService {
  return {
    consumers: {
      'notification.mail': { types: mailedTypes, handle: (event) => mailEvent(deps, event) },
      'notification.forget-user': {
        types: ['identity.user.deleted'],
        handle: (event) => forgetUser(deps, event),
      },
    },
  }
}
