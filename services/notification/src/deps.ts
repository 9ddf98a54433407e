import type { Client } from '@flatrender/contracts/call'
import type { identityContract } from '@flatrender/contracts/identity'
import type { TenantDatabase } from '@flatrender/platform/db'
import type { SecretKeys } from '@flatrender/platform/secrets'
import type { Mailer } from './mails/mailer.ts'
import type { Tables } from './tables.ts'

/** All that the notification service needs from outside. */
export interface NotificationDeps {
  readonly database: TenantDatabase<Tables>
  readonly identity: Pick<Client<typeof identityContract>, 'access'>
  readonly secretKeys: SecretKeys
  readonly mailer: Mailer
}
