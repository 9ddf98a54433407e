import { createHash } from 'node:crypto'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Storage, StoredFile } from '@flatrender/platform/storage'

/** How many packages are remembered to be whole. */
const REMEMBERED = 10_000

/** A package as its version has it. */
export interface ExpectedPackage {
  readonly id: string
  readonly package_key: string
  readonly package_bytes: string
  readonly package_sha256: Buffer
}

/** Looks whether stored packages are what was published. */
export interface PackageChecks {
  /** Errors: PACKAGE_DAMAGED where it is gone or another; STORAGE_UNREACHABLE. */
  assertWhole(expected: ExpectedPackage): Promise<void>
}

/** Reads each package through once, and again when its file has changed since. */
export function openPackageChecks(storage: Storage): PackageChecks {
  const whole = new Map<string, string>()
  return {
    async assertWhole(expected) {
      const { id: version, package_key: key } = expected
      try {
        const file = await storage.head(key)
        if (file === undefined) throw damaged(version, 'there is no file')
        const seen = `${expected.package_sha256.toString('hex')} ${stampOf(file)}`
        if (whole.get(key) === seen) return
        const reason = await findDamage(storage, expected)
        if (reason !== undefined) throw damaged(version, reason)
        if (whole.size >= REMEMBERED) whole.clear()
        whole.set(key, seen)
      } catch (error) {
        if (isFlatRenderError(error) && !isFlatRenderError(error, 'STORED_FILE_MISSING')) throw error
        throw damaged(version, 'its file cannot be read', error)
      }
    },
  }
}

/** Nobody writes to a stored file: one whose moment has changed was damaged or replaced. */
function stampOf({ etag, bytes, modifiedAt }: StoredFile): string {
  return `${etag} ${bytes} ${modifiedAt.getTime()}`
}

async function findDamage(
  storage: Storage,
  { package_key, package_bytes, package_sha256 }: ExpectedPackage,
): Promise<string | undefined> {
  const { stream, bytes } = await storage.get(package_key)
  if (bytes !== Number(package_bytes)) {
    stream.destroy()
    return `it has ${bytes} bytes, not ${package_bytes}`
  }
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Uint8Array)
  return hash.digest().equals(package_sha256) ? undefined : 'its SHA-256 is another'
}

function damaged(version: string, reason: string, cause?: unknown): FlatRenderError {
  return new FlatRenderError('PACKAGE_DAMAGED', { version, reason }, { cause })
}
