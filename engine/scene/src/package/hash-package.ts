import { sha256Hex } from './sha256.ts'
import type { PackageFiles } from './template-package.ts'

/**
 * The content hash of a package: SHA-256 over one line a file, `<sha256 of contents> <path>\n`, sorted by path (by
 * code unit). How the archive was compressed, or whether it is a folder, doesn't matter.
 */
export function hashPackage(files: PackageFiles): string {
  const lines = sortedPaths(files).map((path) => `${sha256Hex(files.get(path)!)} ${path}\n`)
  return sha256Hex(lines.join(''))
}

/** Paths in the one order that packing and hashing use. */
export function sortedPaths(files: PackageFiles): string[] {
  return [...files.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
