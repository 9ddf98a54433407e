import type { contentEvents } from '@flatrender/contracts/events'
import type { SystemDatabase, TenantDatabase, TenantTransaction } from '@flatrender/platform/db'
import type { Storage } from '@flatrender/platform/storage'
import type { Tables } from './tables.ts'
import { openPackageChecks, type PackageChecks } from './versions/package-checks.ts'

/** Something that happened. The data are ids. */
export interface ContentEvent {
  readonly type: keyof typeof contentEvents
  readonly tenantId: string
  /** Id of the row that it is about. */
  readonly subject: string
  readonly data: Readonly<Record<string, string>>
}

/** All that the content service needs from outside. */
export interface ContentDeps {
  readonly database: TenantDatabase<Tables>
  readonly system: SystemDatabase<Tables>
  /** Where packages are. */
  readonly storage: Storage
  /** Writes an event in the transaction in which it happens; gives its id. */
  readonly emit: (transaction: TenantTransaction<Tables>, event: ContentEvent) => Promise<string>
  /** Of FlatRender: what is published needs at least this. */
  readonly version: string
}

/** What use cases stand on: all that came from outside, and what the service keeps while it runs. */
export interface Content extends ContentDeps {
  readonly packageChecks: PackageChecks
}

/** Adds to what came from outside what the service keeps while it runs. */
export function openContent(deps: ContentDeps): Content {
  return { ...deps, packageChecks: openPackageChecks(deps.storage) }
}
