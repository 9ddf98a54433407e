/**
 * What a compiled Lottie calls its pictures. A name says by content what has to lie there, so that whoever plays the
 * scene, farm or browser, can provide it: a picture of the package as it is, a person's picture made upright and at
 * most 4,096 pixels a side (a drawing at 2,048), or the frame of a video that shows at a moment.
 */
export type AssetName =
  | { readonly kind: 'package'; readonly hash: string; readonly extension: string }
  | { readonly kind: 'picture'; readonly hash: string }
  | { readonly kind: 'frame'; readonly hash: string; readonly microseconds: number }

/** The name of a picture of the package, by the hash of its content; it keeps the ending of its path. */
export function packageAssetName(hash: string, path: string): string {
  return `${hash}.${/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? 'bin'}`
}

/** The name of a person's picture, by the hash of the file. */
export function pictureAssetName(hash: string): string {
  return `${hash}.picture`
}

/** The name of a video's frame at a moment of the source, by the hash of the file. */
export function frameAssetName(hash: string, seconds: number): string {
  return `${hash}@${Math.round(seconds * 1e6)}.frame`
}

/** Reads a name back; undefined for anything else, such as an embedded picture. */
export function parseAssetName(name: string): AssetName | undefined {
  const match = /^([0-9a-f]{64})(?:@(\d+))?\.([a-z0-9]+)$/.exec(name)
  if (match === null) return undefined
  const [, hash = '', microseconds, extension = ''] = match
  if (microseconds !== undefined) return { kind: 'frame', hash, microseconds: Number(microseconds) }
  return extension === 'picture' ? { kind: 'picture', hash } : { kind: 'package', hash, extension }
}
