import { createHash } from 'node:crypto'
import type { TemplatePackage } from '@flatrender/engine-scene'
import type { StoredPackage } from '../plans/stored-package.ts'

const hashes = new WeakMap<Uint8Array, string>()

/** Who keeps the files of a package: its publisher where others see the template, for all of them, and else whoever renders it. */
export function keeperOfPackaged({ shared, tenantId }: StoredPackage, asking: string): string {
  return shared ? tenantId : asking
}

/** A file of an opened template and its SHA-256 in hexadecimal, which is reckoned once; undefined where there is none. */
export function findPackaged(
  { files }: TemplatePackage,
  path: string,
): { readonly content: Uint8Array; readonly hash: string } | undefined {
  const content = files.get(path)
  if (content === undefined) return undefined
  const hash = hashes.get(content) ?? createHash('sha256').update(content).digest('hex')
  hashes.set(content, hash)
  return { content, hash }
}
