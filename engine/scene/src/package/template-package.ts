import type { Manifest } from '@flatrender/contracts/template'

/** Path inside the package → contents. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>

/** An opened template: checked manifest, all files, and the hash that names this very content. */
export interface TemplatePackage {
  readonly manifest: Manifest
  readonly files: PackageFiles
  /** SHA-256 over sorted paths and contents, hexadecimal. */
  readonly hash: string
}
