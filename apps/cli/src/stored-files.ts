import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { BackedUpFile } from '@flatrender/database'
import type { SecretKeys } from '@flatrender/platform/secrets'
import { openStorage, type Storage } from '@flatrender/platform/storage'
import type { Settings } from './settings.ts'

/** Opens the installation's storage. Errors: SETTING_INVALID, STORAGE_UNWRITABLE, STORAGE_FULL. */
export function openStoredFiles({ home, storage }: Settings, secretKeys: SecretKeys): Promise<Storage> {
  return openStorage({ home, settings: storage, secretKeys })
}

/** All stored files, one open at a time; one that is deleted meanwhile is left out. Errors: STORAGE_UNREACHABLE. */
export async function* readStoredFiles(storage: Storage, signal: AbortSignal): AsyncGenerator<BackedUpFile> {
  for await (const { key } of storage.list()) {
    const found = await storage.get(key, { signal }).catch((error: unknown) => {
      if (isFlatRenderError(error, 'STORED_FILE_MISSING')) return undefined
      throw error
    })
    if (found !== undefined) yield { key, contentType: found.contentType, content: found.stream }
  }
}
