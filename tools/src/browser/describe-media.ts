import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { probeMedia } from '@flatrender/engine-media'
import {
  type MediaInfo,
  readModifications,
  resolveStory,
  type TemplatePackage,
} from '@flatrender/engine-scene'

/** What a browser must be told of the pictures and videos that a story names; Node has found and hashed them. */
export async function describeMedia(
  { manifest, files }: TemplatePackage,
  modifications: unknown,
  folder: string,
  fileOfHash: ReadonlyMap<string, string>,
): Promise<[src: string, info: MediaInfo][]> {
  const { story } = resolveStory(manifest, readModifications(manifest, modifications))
  const sources = new Set(
    story?.scenes.flatMap(({ values }) =>
      [...values.values()].flatMap((value) => (value.type === 'picture' ? [value.src] : [])),
    ),
  )
  return Promise.all(
    [...sources].map(async (src): Promise<[string, MediaInfo]> => {
      const packaged = files.get(src.replace(/^package:/, ''))
      const content = packaged ?? (await readFile(path.resolve(folder, src)))
      const hash = createHash('sha256').update(content).digest('hex')
      const { kind, width, height, seconds, hasAudio } = await probeMedia(fileOfHash.get(hash)!)
      return [
        src,
        kind === 'video'
          ? { kind, hash, width, height, seconds, hasAudio }
          : { kind: 'picture', hash, width, height },
      ]
    }),
  )
}
