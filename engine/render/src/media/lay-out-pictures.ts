import path from 'node:path'
import { type Lottie, type PackageFiles, parseAssetName, sha256Hex } from '@flatrender/engine-scene'
import { touchFile } from '../files/touch-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { Workshop } from '../workspace/workshop.ts'

/** Where pictures come from, and who makes them such as the painter reads. */
interface PicturePlaces extends Workshop {
  /** SHA-256 of a person's file → where it is. */
  readonly fileOfHash: ReadonlyMap<string, string>
  readonly files: PackageFiles
  readonly signal?: AbortSignal
}

/**
 * Puts every picture that the compiled scenes name into the workspace, under the name they use, and gives the videos
 * whose frames they show. Names say contents, so what is there already stays.
 */
export async function layOutPictures(
  lotties: Iterable<Lottie>,
  { workspace, pool, fileOfHash, files, signal }: PicturePlaces,
): Promise<Record<string, string>> {
  const videos: Record<string, string> = {}
  const packaged = new Map<string, Uint8Array>()
  const names = new Set(
    [...lotties].flatMap(({ assets = [] }) => assets.flatMap(({ p }) => (p === undefined ? [] : [p]))),
  )
  for (const name of names) {
    const parsed = parseAssetName(name)
    if (parsed === undefined) continue
    const target = path.join(workspace.pictures, name)
    if (parsed.kind === 'frame') {
      videos[parsed.hash] = requireFile(fileOfHash, parsed.hash)
    } else if (!(await touchFile(target))) {
      if (parsed.kind === 'package' && packaged.size === 0) {
        for (const content of files.values()) packaged.set(sha256Hex(content), content)
      }
      if (parsed.kind === 'package') await writeFileAtomically(target, packaged.get(parsed.hash)!)
      else {
        const file = requireFile(fileOfHash, parsed.hash)
        const order = { kind: 'picture', file, output: target } as const
        await pool.run(order, signal && { signal })
      }
    }
  }
  return videos
}

function requireFile(files: ReadonlyMap<string, string>, hash: string): string {
  const file = files.get(hash)
  if (file === undefined) throw new Error(`no file is known for ${hash}`)
  return file
}
