import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeys } from '../secrets/seal.ts'
import { openDiskStorage } from './disk/open-disk-storage.ts'
import type { Storage } from './storage.ts'
import type { StorageSettings } from './storage-settings.ts'

/** An installation whose stored files are wanted. */
export interface StorageOptions {
  readonly settings: StorageSettings
  /** The installation's folder: on disk, files are in `storage/` of it. */
  readonly home: string
  readonly secretKeys: SecretKeys
  /** What signed addresses of files on disk begin with, such as `https://video.example/files`; `/files` without it. */
  readonly baseUrl?: string
}

/** Opens the storage that the settings name. Errors: SETTING_INVALID, STORAGE_UNWRITABLE, STORAGE_FULL. */
export async function openStorage({ settings, home, secretKeys, baseUrl }: StorageOptions): Promise<Storage> {
  if (settings.FLATRENDER_STORAGE === 'disk')
    return openDiskStorage({ folder: path.join(home, 'storage'), secretKeys, ...(baseUrl && { baseUrl }) })
  const endpoint = settings.FLATRENDER_S3_ENDPOINT
  const options = {
    bucket: need(settings, 'FLATRENDER_S3_BUCKET'),
    keyId: need(settings, 'FLATRENDER_S3_KEY_ID'),
    secret: need(settings, 'FLATRENDER_S3_SECRET'),
    region: settings.FLATRENDER_S3_REGION,
    pathStyle: settings.FLATRENDER_S3_PATH_STYLE,
    ...(endpoint !== undefined && { endpoint }),
  }
  // A third of a second and 20 MB that nobody needs who keeps files on disk.
  const { openS3Storage } = await import('./s3/open-s3-storage.ts')
  return openS3Storage(options)
}

function need(
  settings: StorageSettings,
  setting: 'FLATRENDER_S3_BUCKET' | 'FLATRENDER_S3_KEY_ID' | 'FLATRENDER_S3_SECRET',
): string {
  const value = settings[setting]
  if (value !== undefined) return value
  throw new FlatRenderError('SETTING_INVALID', {
    setting,
    reason: 'it is needed where FLATRENDER_STORAGE is s3',
  })
}
