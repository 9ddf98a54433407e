import path from 'node:path'
import type { Client } from '@flatrender/contracts/call'
import type { identityContract } from '@flatrender/contracts/identity'
import { openTenantDatabase } from '@flatrender/platform/db'
import {
  createNotificationService,
  type NotificationDeps,
  openFolderMailer,
  openSmtpMailer,
} from '@flatrender/service-notification'
import type { Ground } from './open-ground.ts'
import type { Settings } from './settings.ts'

/** Connections to the database. */
const CONNECTIONS = 4

/** The notification service of this process. */
export interface HostedNotification {
  readonly service: ReturnType<typeof createNotificationService>
  /** Where mails go. */
  readonly words: string
  close(): Promise<void>
}

/** Opens the notification service's door to the database, its way to the mail server, and the service. */
export function hostNotification(
  settings: Settings,
  { secretKeys, urlOf }: Ground,
  identity: Client<typeof identityContract>,
): HostedNotification {
  const role = 'flatrender_notification'
  const from = settings.FLATRENDER_MAIL_FROM
  const smtp = settings.FLATRENDER_SMTP_URL
  const folder = path.join(settings.home, 'mail')
  const mailer = smtp === undefined ? openFolderMailer({ folder, from }) : openSmtpMailer({ url: smtp, from })
  const database: NotificationDeps['database'] = openTenantDatabase({
    url: urlOf(role),
    connections: CONNECTIONS,
    name: role,
  })
  return {
    service: createNotificationService({ database, identity, secretKeys, mailer }),
    words: smtp === undefined ? `mails are files in ${folder}: no mail server is set` : 'mails go by SMTP',
    async close() {
      await mailer.close()
      await database.close()
    },
  }
}
