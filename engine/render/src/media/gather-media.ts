import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  assertMediaKind,
  listMediaUses,
  type MediaInfo,
  type MediaLibrary,
  type PackageFiles,
  type Story,
  sha256Hex,
} from '@flatrender/engine-scene'
import { hashFile } from '../files/hash-file.ts'
import { touchFile } from '../files/touch-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'
import type { Workshop } from '../workspace/workshop.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { isAddress } from './is-address.ts'
import { nameProbed } from './name-probed.ts'

/** What compiling has to know of the person's files, and where they are. */
export interface GatheredMedia {
  readonly library: MediaLibrary
  /** SHA-256 → file. */
  readonly fileOfHash: ReadonlyMap<string, string>
}

/** Where files of a story may lie. */
export interface MediaPlaces {
  /** Where relative paths start; `package:data` is a folder of the template's package. */
  readonly folder: string
  readonly files: PackageFiles
  readonly workspace: Workspace
}

/** A `src` that begins with this is a file of the template's package. */
const PACKAGED = 'package:'

/**
 * Finds, probes and hashes every file that a story names. Probing decodes, so workers do it.
 * Errors: MEDIA_NOT_FOUND, MEDIA_KIND_WRONG, WORK_CRASHED, and what probing says.
 */
export async function gatherMedia(story: Story, places: MediaPlaces & Workshop): Promise<GatheredMedia> {
  const library = new Map<string, MediaInfo>()
  const fileOfHash = new Map<string, string>()
  for (const use of listMediaUses(story)) {
    let info = library.get(use.src)
    if (info === undefined) {
      const file = await locateMedia(use.src, places)
      info = await describe(file, places.pool)
      library.set(use.src, info)
      fileOfHash.set(info.hash, file)
    }
    assertMediaKind(use, info)
  }
  return { library, fileOfHash }
}

/** Where the file of a `src` lies. Errors: MEDIA_NOT_FOUND for what can't be a file. */
export async function locateMedia(src: string, { folder, files, workspace }: MediaPlaces): Promise<string> {
  if (src.startsWith(PACKAGED)) return extractPackaged(src.slice(PACKAGED.length), files, workspace)
  // No file system takes a NUL.
  if (isAddress(src) || src.includes('\0')) throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
  if (!folder.startsWith(PACKAGED)) return path.resolve(folder, src)
  return extractPackaged(path.posix.join(folder.slice(PACKAGED.length), src), files, workspace)
}

/** Lays a file of the package where FFmpeg and others can read it. */
export async function extractPackaged(
  inside: string,
  files: PackageFiles,
  workspace: Workspace,
): Promise<string> {
  const content = files.get(inside)
  if (content === undefined) throw new FlatRenderError('MEDIA_NOT_FOUND', { file: inside })
  const file = path.join(workspace.pictures, `${sha256Hex(content)}${path.extname(inside)}`)
  if (!(await touchFile(file))) await writeFileAtomically(file, content)
  return file
}

async function describe(file: string, pool: WorkerPool): Promise<MediaInfo> {
  const probed = await pool.run({ kind: 'probe', file })
  return nameProbed(probed, await hashFile(file))
}
