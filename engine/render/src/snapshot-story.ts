import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { hashJson, listMediaUses } from '@flatrender/engine-scene'
import { touchFile } from './files/touch-file.ts'
import { writeFileAtomically } from './files/write-file-atomically.ts'
import { locateMedia } from './media/gather-media.ts'
import { compilerBuild, engineBuild } from './plan/engine-build.ts'
import { resolveRequest, type StoryRequest } from './prepare/open-request.ts'
import { paintStill, type Still, type StillChoice, stillOfStory } from './snapshot.ts'
import type { Workshop } from './workspace/workshop.ts'
import type { Workspace } from './workspace/workspace.ts'

/**
 * A still of a story. The same request is answered from the workspace without compiling anything: the template by
 * its hash, the values as they are given, the person's files by path, size and time of change.
 * Errors: those of `stillOfStory` and painting.
 */
export async function snapshotStory(
  request: StoryRequest,
  seconds: number,
  choice: StillChoice,
  workshop: Workshop,
): Promise<Still> {
  const { workspace } = workshop
  const key = await keyOfRequest(request, seconds, choice, workspace)
  const kept = path.join(workspace.snapshots, `${key}.still`)
  const known = await readFile(kept).then(readStill, () => undefined)
  if (known !== undefined) {
    await touchFile(kept)
    return known
  }
  const still = await paintStill(await stillOfStory(request, seconds, workshop), choice, workshop)
  await writeFileAtomically(kept, writeStill(still))
  return still
}

async function keyOfRequest(
  request: StoryRequest,
  seconds: number,
  choice: StillChoice,
  workspace: Workspace,
): Promise<string> {
  const { template, modifications, values = {}, mediaFolder, format } = request
  const places = { folder: mediaFolder, files: template.files, workspace }
  const files: unknown[] = []
  for (const { src } of listMediaUses(resolveRequest(request))) {
    const file = await locateMedia(src, places)
    const info = await stat(file).catch(() => undefined)
    files.push([src, file, info?.size, info?.mtimeMs])
  }
  const build = [engineBuild(), compilerBuild()]
  return hashJson({ build, template: template.hash, modifications, values, format, seconds, choice, files })
}

/** Eight bytes before the picture: its width and height. */
function writeStill({ data, width, height }: Still): Buffer {
  const size = Buffer.alloc(8)
  size.writeUInt32LE(width)
  size.writeUInt32LE(height, 4)
  return Buffer.concat([size, data])
}

function readStill(bytes: Buffer): Still {
  return {
    width: bytes.readUInt32LE(),
    height: bytes.readUInt32LE(4),
    data: bytes.subarray(8),
    cached: true,
    texts: [],
  }
}
