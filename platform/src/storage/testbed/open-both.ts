import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startTestS3 } from '../../testkit/start-test-s3.ts'
import { openStorage } from '../open-storage.ts'
import type { Storage } from '../storage.ts'
import type { StorageSettings } from '../storage-settings.ts'

/** A storage of each kind, and what opens it once more. */
export interface TestStorage {
  readonly storage: Storage
  readonly settings: StorageSettings
  readonly home: string
  readonly secretKeys: { readonly present: Buffer; readonly former: readonly Buffer[] }
  close(): Promise<void>
}

/** The settings of a storage on disk. */
const onDisk = {
  FLATRENDER_STORAGE: 'disk',
  FLATRENDER_S3_REGION: '',
  FLATRENDER_S3_PATH_STYLE: false,
} as const

/** Opens an empty storage of one kind. */
export async function openTestStorage(kind: 'disk' | 's3'): Promise<TestStorage> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-storage-'))
  const s3 = kind === 's3' ? await startTestS3() : undefined
  const settings = s3?.settings ?? onDisk
  const secretKeys = { present: randomBytes(32), former: [] }
  const storage = await openStorage({ settings, home, secretKeys })
  return {
    storage,
    settings,
    home,
    secretKeys,
    async close() {
      await storage.close()
      await s3?.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
