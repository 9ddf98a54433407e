import type { Call } from '@flatrender/contracts/call'
import type { Content } from '../deps.ts'
import { requireVersion } from './require-version.ts'

/**
 * Where the package of a version is stored and whose it is, once it has been seen to be whole. Errors: VERSION_UNKNOWN,
 * PACKAGE_DAMAGED, STORAGE_UNREACHABLE.
 */
export async function findPackage(content: Content, { actor }: Call, { versionId }: { versionId: string }) {
  const row = await requireVersion(content, actor, versionId)
  await content.packageChecks.assertWhole(row)
  return {
    contentHash: row.package_hash.toString('hex'),
    sha256: row.package_sha256.toString('hex'),
    bytes: Number(row.package_bytes),
    storageKey: row.package_key,
    tenantId: row.tenant_id,
    shared: row.shared,
  }
}
