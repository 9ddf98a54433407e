import { listConsumers } from './consumers.ts'
import type { NotificationDeps } from './deps.ts'
import { createRouter } from './router.ts'

export type { NotificationDeps } from './deps.ts'
export type { Mailer } from './mails/mailer.ts'
export { openFolderMailer, openSmtpMailer } from './mails/open-mailers.ts'

/** The notification service: it hears of events, and tells people. Nothing is connected, and nothing runs, before it is asked. */
export function createNotificationService(deps: NotificationDeps) {
  return { router: createRouter(deps), consumers: listConsumers(deps) }
}
