import type { Call } from '@flatrender/contracts/call'
import type { Content } from '../deps.ts'
import { requireVersion } from './require-version.ts'

/** Seconds for which an address opens a package. */
const GOOD_FOR = 15 * 60

/**
 * An address at which the package of a version can be fetched for a while. Errors: VERSION_UNKNOWN,
 * PACKAGE_DAMAGED, STORAGE_UNREACHABLE.
 */
export async function addressPackage(content: Content, { actor }: Call, { id }: { id: string }) {
  const row = await requireVersion(content, actor, id)
  await content.packageChecks.assertWhole(row)
  // Counted from before it is signed: it never says more than holds.
  const expiresAt = new Date(Date.now() + GOOD_FOR * 1000).toISOString()
  const url = await content.storage.sign(row.package_key, {
    method: 'get',
    expiresIn: GOOD_FOR,
    filename: `${row.slug}-${row.version}.lottie`,
  })
  return {
    contentHash: row.package_hash.toString('hex'),
    sha256: row.package_sha256.toString('hex'),
    bytes: Number(row.package_bytes),
    url,
    expiresAt,
  }
}
