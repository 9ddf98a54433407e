import type { Client, rowsOfUser } from '@flatrender/contracts/call'
import type { identityEvents } from '@flatrender/contracts/events'
import type { SystemDatabase, TenantDatabase } from '@flatrender/platform/db'
import type { Outbound } from '@flatrender/platform/outbound'
import type { SecretKeys } from '@flatrender/platform/secrets'
import { openPasswords, type Passwords } from './auth/passwords.ts'
import { openResolver, type Resolver } from './branding/domain-record.ts'
import { type Discoveries, openDiscoveries } from './oauth/discoveries.ts'
import type { AnyTransaction, Tables } from './tables.ts'

/** Something that happened. The data are ids, and nothing secret that isn't sealed. */
export interface IdentityEvent {
  readonly type: keyof typeof identityEvents
  readonly tenantId: string
  /** Id of the row that it is about. */
  readonly subject: string
  readonly data: Readonly<Record<string, string>>
}

/** Another service that keeps something of people. */
export interface Keeper {
  readonly rows: { readonly ofUser: Client<{ ofUser: typeof rowsOfUser }>['ofUser'] }
}

/** All that the identity service needs from outside. */
export interface IdentityDeps {
  readonly database: TenantDatabase<Tables>
  readonly system: SystemDatabase<Tables>
  readonly secretKeys: SecretKeys
  /** By name, the services whose rows belong to a personal export too. */
  readonly keepers: Readonly<Record<string, Keeper>>
  /** The way to addresses that tenants name. */
  readonly outbound: Outbound
  /** Writes an event in the transaction in which it happens; gives its id. */
  readonly emit: (transaction: AnyTransaction, event: IdentityEvent) => Promise<string>
  /** Passwords that are hashed at the same time, at 19 MiB each; 2 unless told. */
  readonly hashesAtOnce?: number
  /** Where browsers find us, if the tenant has no domain of its own; http://localhost:3000 unless told. */
  readonly publicUrl?: string
  /** Name servers that domains are proven by, such as `192.0.2.53:53`; those of the machine unless told. */
  readonly dnsServers?: readonly string[]
  /** May login providers stand on this machine or in a private network, and on this machine speak plain HTTP? No unless told. */
  readonly localProviders?: boolean
  /** Milliseconds that an answer of a login provider may take; 5000 unless told. */
  readonly providerMilliseconds?: number
  /** Seconds that an OpenID server is believed what it said of itself; 300 unless told. */
  readonly discoverySeconds?: number
  /** Milliseconds that the server of a webhook may take to answer; 15,000 unless told. */
  readonly webhookMilliseconds?: number
  /** Days that answered requests are kept; 90 unless told. */
  readonly requestLogDays?: number | undefined
  /** Hears of failures that those who asked are told less of, and where they were. */
  readonly report?: (error: unknown, where: string) => void
}

/** What use cases stand on: all that came from outside, and what the service keeps while it runs. */
export interface Identity extends IdentityDeps {
  readonly passwords: Passwords
  /** The origin of `publicUrl`. */
  readonly publicOrigin: string
  readonly resolver: Resolver
  readonly discoveries: Discoveries
}

/** Adds to what came from outside what the service keeps while it runs. */
export function openIdentity(deps: IdentityDeps): Identity {
  const {
    hashesAtOnce = 2,
    dnsServers = [],
    publicUrl = 'http://localhost:3000',
    discoverySeconds = 300,
  } = deps
  return {
    ...deps,
    passwords: openPasswords(hashesAtOnce),
    resolver: openResolver(dnsServers),
    discoveries: openDiscoveries(discoverySeconds * 1000),
    publicOrigin: new URL(publicUrl).origin,
  }
}
