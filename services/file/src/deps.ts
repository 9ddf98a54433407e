import type { Client } from '@flatrender/contracts/call'
import type { fileEvents } from '@flatrender/contracts/events'
import type { identityContract } from '@flatrender/contracts/identity'
import type { SystemDatabase, TenantDatabase } from '@flatrender/platform/db'
import type { SecretKeys } from '@flatrender/platform/secrets'
import type { Storage } from '@flatrender/platform/storage'
import type { AnyTransaction, Tables } from './tables.ts'

/** Something that happened. The data are ids and small facts. */
export interface FileEvent {
  readonly type: keyof typeof fileEvents
  readonly tenantId: string
  /** Id of the row that it is about. */
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}

/** All that the file service needs from outside. */
export interface FileDeps {
  readonly database: TenantDatabase<Tables>
  /** The same for transactions that last as long as a file takes to be read: others don't wait behind them. */
  readonly arrivals: TenantDatabase<Tables>
  readonly system: SystemDatabase<Tables>
  /** Where contents are: under `file/`. */
  readonly storage: Storage
  readonly secretKeys: SecretKeys
  /** For whom somebody works, and what their plan allows. */
  readonly identity: { readonly plans: Pick<Client<typeof identityContract>['plans'], 'standingOf'> }
  /** Writes an event in the transaction in which it happens; gives its id. */
  readonly emit: (transaction: AnyTransaction, event: FileEvent) => Promise<string>
}
