import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { normalisePicture, openVideoReader, writeFrameImage } from '@flatrender/engine-media'
import { type Lottie, type PackageFiles, parseAssetName, sha256Hex } from '@flatrender/engine-scene'

/** Where pictures come from. */
export interface PictureSources {
  readonly files: PackageFiles
  /** SHA-256 → file of the person's. */
  readonly fileOfHash: ReadonlyMap<string, string>
}

/** Longest side that a person's picture keeps: what an asset's name promises. */
const MAX_SIDE = 4096

/** Lays every picture that the Lottie names into `folder`, under its name; both painters take the same bytes. */
export async function providePictures(
  lottie: Lottie,
  folder: string,
  { files, fileOfHash }: PictureSources,
): Promise<void> {
  for (const { p: name = '' } of lottie.assets ?? []) {
    const parsed = parseAssetName(name)
    const target = path.join(folder, name)
    if (parsed === undefined || existsSync(target)) continue
    if (parsed.kind === 'package') {
      const content = [...files.values()].find((bytes) => sha256Hex(bytes) === parsed.hash)
      await writeFile(target, content!)
    } else if (parsed.kind === 'picture') {
      const { data } = await normalisePicture(fileOfHash.get(parsed.hash)!, { maxSide: MAX_SIDE })
      await writeFile(target, data)
    } else {
      await writeVideoFrame(fileOfHash.get(parsed.hash)!, parsed.microseconds / 1e6, target)
    }
  }
}

async function writeVideoFrame(video: string, seconds: number, target: string): Promise<void> {
  const reader = await openVideoReader(video)
  try {
    await writeFrameImage(await reader.frameAt(seconds), reader.width, reader.height, target)
  } finally {
    await reader.close()
  }
}
