import { deflateSync } from 'fflate'
import { sortedPaths } from './hash-package.ts'
import type { PackageFiles } from './template-package.ts'
import { writeZip } from './write-zip.ts'

/** What is compressed already gains nothing from deflate. */
const STORED = /\.(woff2?|png|jpe?g|webp|avif|gif|mp[34]|m4a|ogg|opus|webm)$/i

/** Packs files into a dotLottie archive: sorted, undated, deflated in JavaScript; equal files give equal bytes. */
export function packTemplate(files: PackageFiles): Uint8Array {
  return writeZip(
    manifestFirst(sortedPaths(files)).map((path) => {
      const content = files.get(path)!
      return STORED.test(path)
        ? { path, content }
        : { path, content, deflated: deflateSync(content, { level: 9 }) }
    }),
  )
}

/** dotLottie readers look for the manifest at the front. */
function manifestFirst(paths: string[]): string[] {
  return [
    ...paths.filter((path) => path === 'manifest.json'),
    ...paths.filter((path) => path !== 'manifest.json'),
  ]
}
