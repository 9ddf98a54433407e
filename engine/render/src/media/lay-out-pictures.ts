import path from 'node:path'
import { normalisePicture } from '@flatrender/engine-media'
import { type Lottie, type PackageFiles, parseAssetName, sha256Hex } from '@flatrender/engine-scene'
import { touchFile } from '../files/touch-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'

/** Longest side that a person's picture keeps, pixels. */
const MAX_PICTURE_SIDE = 4096

/**
 * Puts every picture that the compiled scenes name into `folder`, under the name they use, and gives the videos whose
 * frames they show. Names say contents, so what is there already stays.
 */
export async function layOutPictures(
  lotties: Iterable<Lottie>,
  folder: string,
  fileOfHash: ReadonlyMap<string, string>,
  files: PackageFiles,
): Promise<Record<string, string>> {
  const videos: Record<string, string> = {}
  const packaged = new Map<string, Uint8Array>()
  const names = new Set(
    [...lotties].flatMap(({ assets = [] }) => assets.flatMap(({ p }) => (p === undefined ? [] : [p]))),
  )
  for (const name of names) {
    const parsed = parseAssetName(name)
    if (parsed === undefined) continue
    const target = path.join(folder, name)
    if (parsed.kind === 'frame') {
      videos[parsed.hash] = requireFile(fileOfHash, parsed.hash)
    } else if (!(await touchFile(target))) {
      if (parsed.kind === 'package' && packaged.size === 0) {
        for (const content of files.values()) packaged.set(sha256Hex(content), content)
      }
      const content =
        parsed.kind === 'package'
          ? packaged.get(parsed.hash)!
          : (await normalisePicture(requireFile(fileOfHash, parsed.hash), { maxSide: MAX_PICTURE_SIDE })).data
      await writeFileAtomically(target, content)
    }
  }
  return videos
}

function requireFile(files: ReadonlyMap<string, string>, hash: string): string {
  const file = files.get(hash)
  if (file === undefined) throw new Error(`no file is known for ${hash}`)
  return file
}
