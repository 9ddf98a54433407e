import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { encodeStill, type StillFormat } from '@flatrender/engine-media'
import {
  hashJson,
  type Lottie,
  type PackageFiles,
  planStill,
  type SceneTextFit,
  type StillMoment,
} from '@flatrender/engine-scene'
import { touchFile } from './files/touch-file.ts'
import { writeFileAtomically } from './files/write-file-atomically.ts'
import { layOutPictures } from './media/lay-out-pictures.ts'
import { engineBuild } from './plan/engine-build.ts'
import { loadLottie } from './prepare/load-lottie.ts'
import { openRequest, type StoryRequest } from './prepare/open-request.ts'
import { paintPixels as paintHere } from './work/paint-still.ts'
import type { Workshop } from './workspace/workshop.ts'

/** How a still is wanted. */
export interface StillChoice {
  readonly format: StillFormat
  /** Pixels of its width; absent: the composition's. The height follows, if it isn't given. */
  readonly width?: number
  readonly height?: number
  /** CSS colour under it; null keeps transparency. */
  readonly background: string | null
}

/** A moment that can be painted: a compiled Lottie and a frame of its time. */
export interface StillSource {
  readonly lottie: Lottie
  readonly frame: number
  readonly fileOfHash: ReadonlyMap<string, string>
  readonly files: PackageFiles
  /** How the words of its scenes came out. */
  readonly texts: readonly SceneTextFit[]
  /** Pictures that a plain animation names and that are not beside it; they stay unpainted. */
  readonly missing: readonly string[]
}

/** A picture file in memory, with its size in pixels. */
export interface Still {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  /** Was it in the workspace already? */
  readonly cached: boolean
  /** How the words of its scenes came out; none when nothing was compiled for it. */
  readonly texts: readonly SceneTextFit[]
}

/** The moment `seconds` into a story; at most its last frame. Errors: those of `openRequest`, RANGE_INVALID. */
export async function stillOfStory(
  request: StoryRequest,
  seconds: number,
  workshop: Workshop,
): Promise<StillSource> {
  return stillAt(request, { seconds }, workshop)
}

/** The moment that stands for a story: its first scene at its best. Errors: those of `openRequest`. */
export async function posterOfStory(request: StoryRequest, workshop: Workshop): Promise<StillSource> {
  return stillAt(request, { scene: 0 }, workshop)
}

async function stillAt(request: StoryRequest, moment: StillMoment, workshop: Workshop): Promise<StillSource> {
  const { parts, media } = await openRequest(request, workshop)
  const { fileOfHash } = media
  return { ...planStill(parts, moment), fileOfHash, files: request.template.files, missing: [] }
}

/** The same of a plain Lottie file. Errors: those of reading it, RANGE_INVALID. */
export async function stillOfLottie(file: string, seconds: number): Promise<StillSource> {
  const { lottie, files, texts, missing } = await loadLottie(file)
  const frame = seconds * lottie.fr
  if (!(frame >= 0 && frame < lottie.op - lottie.ip))
    throw outside(seconds, (lottie.op - lottie.ip) / lottie.fr)
  return { lottie, frame, fileOfHash: new Map(), files, texts, missing }
}

/** Paints a still, or takes it from the workspace: the same picture is never painted twice. */
export async function paintStill(
  source: StillSource,
  choice: StillChoice,
  workshop: Workshop,
): Promise<Still> {
  const { lottie, frame, texts } = source
  const width = Math.max(1, Math.round(choice.width ?? lottie.w))
  const height = Math.max(1, Math.round(choice.height ?? (width * lottie.h) / lottie.w))
  const json = JSON.stringify(lottie)
  const key = hashJson({ json, frame, width, height, choice, engine: engineBuild() })
  const kept = path.join(workshop.workspace.snapshots, `${key}.${choice.format}`)
  const known = await readFile(kept).catch(() => undefined)
  if (known !== undefined) {
    await touchFile(kept)
    return { data: known, width, height, cached: true, texts }
  }
  const pixels = await paintPixels(source, { width, height, background: choice.background }, workshop)
  const data = await encodeStill(pixels, width, height, choice.format)
  await writeFileAtomically(kept, data)
  return { data, width, height, cached: false, texts }
}

/**
 * A moment's pixels: premultiplied RGBA, width × height × 4 bytes. Where a person's video shows a worker paints, for
 * decoding what people bring may end whoever does it; all else was made by us, and starting a worker would take longer
 * than the painting.
 */
export async function paintPixels(
  { lottie, frame, fileOfHash, files }: Omit<StillSource, 'texts' | 'missing'>,
  canvas: { readonly width: number; readonly height: number; readonly background: string | null },
  { workspace, pool }: Workshop,
): Promise<Buffer> {
  const videos = await layOutPictures([lottie], { workspace, pool, fileOfHash, files })
  const scratch = await workspace.openScratch()
  const json = JSON.stringify(lottie)
  const order = { frame, ...canvas, pictures: workspace.pictures, videos, scratch: scratch.folder }
  try {
    if (Object.keys(videos).length === 0) return await paintHere(json, order)
    const lottieFile = path.join(scratch.folder, 'still.json')
    const output = path.join(scratch.folder, 'still.pixels')
    await writeFileAtomically(lottieFile, json)
    await pool.run({ kind: 'still', ...order, lottieFile, format: 'pixels', output })
    return await readFile(output)
  } finally {
    await scratch.remove()
  }
}

function outside(seconds: number, length: number): FlatRenderError {
  return new FlatRenderError('RANGE_INVALID', { range: `${seconds}`, seconds: Number(length.toFixed(2)) })
}
