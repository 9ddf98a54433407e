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
  for (const asset of pictureAssets(lottie)) {
    if (isEmbedded(asset)) {
      asset.u = ''
      asset.e = 1
      continue
    }
    assertInside(asset, file)
    const path = findPath(asset, files)
    if (path === undefined) {
      const where = `asset ${asset.id} of ${file}`
      throw new FlatRenderError('TEMPLATE_FILE_MISSING', { template: file, path: writtenPath(asset), where })
    }
    asset.u = ''
    asset.e = 0
    asset.p = packageAssetName(hashOf(files.get(path)!), path)
  }
}

/** Pictures that the animation names and that are not among the files. */
export function findMissingAssets(lottie: Lottie, files: PackageFiles): Asset[] {
  return pictureAssets(lottie).filter((asset) => !isEmbedded(asset) && findPath(asset, files) === undefined)
}

/** The path as the animation writes it, and those at which it may lie. */
export function candidatePaths(asset: Asset): string[] {
  const name = asset.p ?? ''
  return [writtenPath(asset), `i/${name}`, `images/${name}`, name]
}

function pictureAssets(lottie: Lottie): Asset[] {
  return (lottie.assets ?? []).filter((asset) => asset.layers === undefined && typeof asset.p === 'string')
}

function isEmbedded(asset: Asset): boolean {
  return asset.p?.startsWith('data:') === true
}

function writtenPath(asset: Asset): string {
  return `${asset.u ?? ''}${asset.p ?? ''}`
}

function assertInside(asset: Asset, file: string): void {
  const path = writtenPath(asset)
  if (/^([a-z][a-z0-9+.-]*:|\/|\\)/i.test(path) || path.split(/[\\/]/).includes('..')) {
    throw new FlatRenderError('TEMPLATE_REFERENCE_OUTSIDE', {
      template: file,
      path,
      where: `asset ${asset.id}`,
    })
  }
}

function findPath(asset: Asset, files: PackageFiles): string | undefined {
  return candidatePaths(asset).find((path) => files.has(path))
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
