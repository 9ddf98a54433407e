import { SIGNED_FILES_PATH } from '@flatrender/contracts/files'
import { changeUrl, deriveLogins, prepareDatabase } from '@flatrender/database'
import { guardHome } from '@flatrender/platform/home'
import { type Outbound, openOutbound } from '@flatrender/platform/outbound'
import { openOwner } from '@flatrender/platform/postgres'
import { openSecretKeys, type SecretKeys } from '@flatrender/platform/secrets'
import { openStorage, type Storage } from '@flatrender/platform/storage'
import { API_PREFIX } from '@flatrender/service-gateway'
import type { Reporter } from './reporter.ts'
import type { Settings } from './settings.ts'

/** The roles that services log in as, and the settings that say where. */
const addressSettings = {
  flatrender_identity: 'FLATRENDER_IDENTITY_DATABASE_URL',
  flatrender_identity_system: 'FLATRENDER_IDENTITY_SYSTEM_DATABASE_URL',
  flatrender_content: 'FLATRENDER_CONTENT_DATABASE_URL',
  flatrender_content_system: 'FLATRENDER_CONTENT_SYSTEM_DATABASE_URL',
  flatrender_notification_system: 'FLATRENDER_NOTIFICATION_SYSTEM_DATABASE_URL',
  flatrender_file: 'FLATRENDER_FILE_DATABASE_URL',
  flatrender_file_system: 'FLATRENDER_FILE_SYSTEM_DATABASE_URL',
  flatrender_render: 'FLATRENDER_RENDER_DATABASE_URL',
  flatrender_render_system: 'FLATRENDER_RENDER_SYSTEM_DATABASE_URL',
  flatrender_notification: 'FLATRENDER_NOTIFICATION_DATABASE_URL',
  flatrender_worker: 'FLATRENDER_WORKER_DATABASE_URL',
} as const satisfies Record<string, keyof Settings>
export type ServiceRole = keyof typeof addressSettings

/** What every service stands on: a database that is ready, the installation's secret keys, and the stored files. */
export interface Ground {
  readonly storage: Storage
  readonly secretKeys: SecretKeys
  /** The way to addresses that customers name. */
  readonly outbound: Outbound
  /** Where a role of ours logs in: at the address in the settings, else as follows from the owner's. */
  urlOf(role: ServiceRole): string
  close(): Promise<void>
}

/**
 * Finds or starts the database and makes it ready; one that comes along is kept running. Errors: SECRET_KEY_INVALID,
 * SECRET_KEY_MISSING, SECRET_KEY_DIFFERS, HOME_UNUSABLE, HOME_DISK_FULL, POSTGRES_UNAVAILABLE, POSTGRES_FAILED,
 * DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_OUTDATED, DATABASE_ROLES_MISSING, DATABASE_ROLES_TAKEN,
 * STORAGE_UNWRITABLE, STORAGE_FULL, STORAGE_UNREACHABLE.
 */
export async function openGround(
  settings: Settings,
  report: Reporter,
  signal: AbortSignal,
  onLost: (reason: Error) => void,
): Promise<Ground> {
  const { home } = settings
  const secretKeys = await openSecretKeys(home, {
    present: settings.FLATRENDER_SECRET_KEY,
    former: settings.FLATRENDER_FORMER_SECRET_KEYS,
  })
  const { passwordOf, former } = deriveLogins(secretKeys)
  const databaseUrl = settings.FLATRENDER_DATABASE_URL
  // First what is only looked at: where it is wrong, no database was made for nothing.
  const storage = await report.step('storage', () => findStorage(settings, secretKeys))
  const owner = await report
    .step('database', async () => {
      const found = await openOwner({ databaseUrl, home, passwordOf, former, signal, onLost })
      return {
        result: found,
        words: found.embedded ? `PostgreSQL in ${home}` : 'the one in FLATRENDER_DATABASE_URL',
      }
    })
    .catch(async (error: unknown) => {
      await storage.close()
      throw error
    })
  const close = async () => {
    await storage.close()
    await owner.close()
  }
  try {
    await report.step('schema', async () => {
      const prepare = () =>
        prepareDatabase({
          ownerUrl: owner.ownerUrl,
          secretKey: secretKeys.present,
          formerKeys: secretKeys.former,
          signal,
        })
      const run = await (owner.embedded ? guardHome(home, prepare) : prepare())
      return { result: run, words: run.length === 0 ? 'as it was' : `${run.length} migrations run` }
    })
  } catch (error) {
    await close()
    throw error
  }
  return {
    storage,
    secretKeys,
    outbound: openOutbound({ allowed: settings.FLATRENDER_OUTBOUND_ALLOWED ?? [] }),
    urlOf: (role) =>
      settings[addressSettings[role]] ??
      changeUrl(owner.ownerUrl, { user: role, password: passwordOf(role) }),
    close,
  }
}

/** Where browsers find the API. */
export function apiUrlOf({ FLATRENDER_PUBLIC_URL: url }: Settings): string {
  return `${url.replace(/\/+$/, '')}${API_PREFIX}`
}

async function findStorage(settings: Settings, secretKeys: SecretKeys) {
  const baseUrl = `${apiUrlOf(settings)}${SIGNED_FILES_PATH}`
  const storage = await openStorage({ settings, home: settings.home, secretKeys, baseUrl })
  await storage.check().catch(async (error: unknown) => {
    await storage.close()
    throw error
  })
  return { result: storage, words: `stored files are in ${storage.place}` }
}
