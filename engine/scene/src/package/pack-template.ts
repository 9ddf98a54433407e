import { type Zippable, zipSync } from 'fflate'
import { sortedPaths } from './hash-package.ts'
import type { PackageFiles } from './template-package.ts'

/** What is compressed already gains nothing from deflate. */
const STORED = /\.(woff2?|png|jpe?g|webp|avif|gif|mp[34]|m4a|ogg|opus|webm)$/i
/** The first moment that a ZIP entry can hold; a real date would make equal packages differ. */
const FIXED_DATE = new Date(1980, 0, 1)

/** Packs files into a dotLottie archive: sorted, undated, deflated in JavaScript; equal files give equal bytes. */
export function packTemplate(files: PackageFiles): Uint8Array {
  const entries: Zippable = {}
  for (const path of manifestFirst(sortedPaths(files))) {
    entries[path] = [files.get(path)!, { level: STORED.test(path) ? 0 : 9, mtime: FIXED_DATE }]
  }
  return zipSync(entries)
}

/** dotLottie readers look for the manifest at the front. */
function manifestFirst(paths: string[]): string[] {
  return [
    ...paths.filter((path) => path === 'manifest.json'),
    ...paths.filter((path) => path !== 'manifest.json'),
  ]
}
