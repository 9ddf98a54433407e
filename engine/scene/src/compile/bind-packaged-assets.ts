import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Asset, Lottie } from '../lottie/lottie-json.ts'
import { sha256Hex } from '../package/sha256.ts'
import type { PackageFiles } from '../package/template-package.ts'
import { packageAssetName } from './asset-name.ts'

/**
 * Makes every picture of the animation a reference by content hash. Paths are looked up as dotLottie has it, in `i/`
 * or from the top. Errors: TEMPLATE_REFERENCE_OUTSIDE, TEMPLATE_FILE_MISSING.
 */
export function bindPackagedAssets(lottie: Lottie, files: PackageFiles, file: string): void {
  for (const asset of lottie.assets ?? []) {
    if (asset.layers !== undefined || typeof asset.p !== 'string') continue
    if (asset.p.startsWith('data:')) {
      asset.u = ''
      asset.e = 1
      continue
    }
    const path = findPath(asset, files, file)
    asset.u = ''
    asset.e = 0
    asset.p = packageAssetName(hashOf(files.get(path)!), path)
  }
}

function findPath(asset: Asset, files: PackageFiles, file: string): string {
  const name = asset.p!
  const written = `${asset.u ?? ''}${name}`
  if (/^([a-z][a-z0-9+.-]*:|\/|\\)/i.test(written) || written.split(/[\\/]/).includes('..')) {
    throw new FlatRenderError('TEMPLATE_REFERENCE_OUTSIDE', {
      template: file,
      path: written,
      where: `asset ${asset.id}`,
    })
  }
  const found = [written, `i/${name}`, `images/${name}`, name].find((path) => files.has(path))
  if (found === undefined) {
    throw new FlatRenderError('TEMPLATE_FILE_MISSING', {
      template: file,
      path: written,
      where: `asset ${asset.id} of ${file}`,
    })
  }
  return found
}

const hashes = new WeakMap<Uint8Array, string>()

function hashOf(bytes: Uint8Array): string {
  let hash = hashes.get(bytes)
  if (hash === undefined) {
    hash = sha256Hex(bytes)
    hashes.set(bytes, hash)
  }
  return hash
}
