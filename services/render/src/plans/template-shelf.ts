import { buffer } from 'node:stream/consumers'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { openTemplate, readArchive, type TemplatePackage } from '@flatrender/engine-scene'
import type { Storage } from '@flatrender/platform/storage'
import type { StoredPackage } from './stored-package.ts'

/** How many opened templates are kept at hand. */
const KEPT = 16

/** Templates, read and opened. */
export interface TemplateShelf {
  /** Errors: PACKAGE_DAMAGED, STORAGE_UNREACHABLE, and those of opening a package. */
  take(stored: StoredPackage): Promise<TemplatePackage>
}

/** Opens each package once, and lets go of what was not asked for the longest. */
export function openTemplateShelf(storage: Storage): TemplateShelf {
  const shelf = new Map<string, Promise<TemplatePackage>>()
  return {
    take(stored) {
      const { contentHash } = stored
      const opened = shelf.get(contentHash) ?? open(storage, stored)
      shelf.delete(contentHash)
      shelf.set(contentHash, opened)
      opened.catch(() => shelf.delete(contentHash))
      for (const oldest of shelf.keys()) if (shelf.size > KEPT) shelf.delete(oldest)
      return opened
    },
  }
}

async function open(storage: Storage, { storageKey, contentHash }: StoredPackage): Promise<TemplatePackage> {
  const damaged = (reason: string, cause?: unknown) =>
    new FlatRenderError('PACKAGE_DAMAGED', { version: storageKey, reason }, { cause })
  const bytes = await storage
    .get(storageKey)
    .then(({ stream }) => buffer(stream))
    .catch((cause: unknown) => {
      throw isFlatRenderError(cause, 'STORED_FILE_MISSING') ? damaged('there is no file', cause) : cause
    })
  const template = openTemplate(readArchive(bytes, storageKey), storageKey)
  if (template.hash !== contentHash) throw damaged('its content hash is another')
  return template
}
