import type { Content } from '../deps.ts'
import type { StarterPackage } from './starter-package.ts'
import type { StarterVersion } from './starters-store.ts'

/** What a package is to browsers: dotLottie has no type of its own. */
const CONTENT_TYPE = 'application/zip'

/** Stores the file of a package. Errors: those of the storage. */
export async function storePackage({ storage }: Content, { key, archive }: StarterPackage): Promise<void> {
  const { bytes, sha256 } = archive()
  await storage.put(key, bytes, {
    contentType: CONTENT_TYPE,
    bytes: bytes.length,
    sha256: sha256.toString('hex'),
  })
}

/**
 * Stores the file of a published package again where it is gone or cut off, such as after a restore of the database alone.
 * One that this FlatRender would pack otherwise is left to the backup. Errors: those of the storage.
 */
export async function restorePackage(
  content: Content,
  starter: StarterPackage,
  { package_bytes, package_sha256 }: StarterVersion,
): Promise<void> {
  const file = await content.storage.head(starter.key)
  if (file?.bytes === Number(package_bytes)) return
  if (starter.archive().sha256.equals(package_sha256)) await storePackage(content, starter)
}
