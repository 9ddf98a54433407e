import type { Asset, Json, Layer, Lottie } from '../lottie/lottie-json.ts'
import { layerTypes } from '../lottie/lottie-json.ts'
import type { MediaLibrary, PictureInfo, VideoInfo } from '../media/media-info.ts'
import { sourceSeconds } from '../media/played-seconds.ts'
import type { PictureValue, ResolvedValue } from '../story/story.ts'
import { allLayers } from './all-layers.ts'
import { frameAssetName, pictureAssetName } from './asset-name.ts'
import { fitPicture, type Placement } from './fit-picture.ts'
import { findShownSpan, localTimes, type SceneClock } from './local-times.ts'
import { STILL } from './still-transform.ts'
import { uniqueId } from './unique-id.ts'

/** A layer that shows a person's picture, and its box in the layer's own pixels. */
export interface PlacedMedia {
  readonly slot: string
  readonly layer: Layer
  readonly width: number
  readonly height: number
}

/**
 * Turns the image assets that carry a slot's id into precomps of the same size, which hold the person's picture,
 * fitted; for a video, one picture for each frame of the output. Layers that show the asset keep their transforms,
 * masks and mattes.
 */
export function placeMedia(
  lottie: Lottie,
  values: ReadonlyMap<string, ResolvedValue>,
  media: MediaLibrary,
  clock: SceneClock,
): PlacedMedia[] {
  const placed: PlacedMedia[] = []
  for (const asset of [...(lottie.assets ?? [])]) {
    const { sid } = asset
    delete asset.sid
    const value = sid === undefined ? undefined : values.get(sid)
    if (sid === undefined || value?.type !== 'picture') continue
    const info = media.get(value.src)
    if (info === undefined || info.kind === 'sound') throw new Error(`no media info for ${value.src}`)
    const users = allLayers(lottie).filter(
      (layer) => layer.ty === layerTypes.image && layer.refId === asset.id,
    )
    const width = asset.w || info.width
    const height = asset.h || info.height
    const placement = fitPicture(info, { width, height }, value.fit, value.focal, value.crop)
    for (const key of ['u', 'p', 'e', 'w', 'h', 't']) delete asset[key]
    asset.layers = info.kind === 'picture' ? still(lottie, info, placement) : []
    if (info.kind === 'video') placeVideo(lottie, asset, users, { info, value, placement }, clock)
    for (const layer of users) {
      Object.assign(layer, { ty: layerTypes.precomp, w: width, h: height })
      placed.push({ slot: sid, layer, width, height })
    }
  }
  return placed
}

interface PlacedVideo {
  readonly info: VideoInfo
  readonly value: PictureValue
  readonly placement: Placement
}

/** Fills the asset with the video's pictures; a layer that shows it at other times of its own gets another asset. */
function placeVideo(
  lottie: Lottie,
  asset: Asset,
  users: readonly Layer[],
  video: PlacedVideo,
  clock: SceneClock,
): void {
  const first = findShownSpan(lottie, [asset.id], clock)?.from ?? 0
  const ids = new Map<string, string>()
  const assets = lottie.assets ?? []
  for (const layer of users) {
    const times = localTimes(lottie, layer, clock)
    const key = JSON.stringify(times)
    const known = ids.get(key)
    const id = known ?? (ids.size === 0 ? asset.id : uniqueId(asset.id, assets))
    ids.set(key, id)
    if (known !== undefined) {
      layer.refId = known
      continue
    }
    const layers = moving(lottie, video, times, first, clock.fps)
    if (ids.size === 1) asset.layers = layers
    else assets.push({ id, layers })
    layer.refId = id
  }
}

function still(lottie: Lottie, info: PictureInfo, placement: Placement): Layer[] {
  const refId = addPicture(lottie, pictureAssetName(info.hash), info)
  return [pictureLayer(1, refId, placement, -1e6, 1e6)]
}

/** One picture layer for each moment; each shows until half-way to the next, so that rounding can't miss it. */
function moving(
  lottie: Lottie,
  { info, value, placement }: PlacedVideo,
  times: readonly { readonly frame: number; readonly local: number }[],
  first: number,
  fps: number,
): Layer[] {
  const sorted = [...times].sort((a, b) => a.local - b.local || a.frame - b.frame)
  // Where the template itself stands still, so does the video, at the first of these moments.
  const moments = sorted.filter(({ local }, index) => index === 0 || local - sorted[index - 1]!.local > 1e-7)
  return moments.map(({ frame, local }, index) => {
    const before = moments[index - 1]?.local
    const after = moments[index + 1]?.local
    const seconds = sourceSeconds(value, info.seconds, (frame - first) / fps)
    const refId = addPicture(lottie, frameAssetName(info.hash, seconds), info)
    const ip = before === undefined ? -1e6 : (before + local) / 2
    const op = after === undefined ? 1e6 : (local + after) / 2
    return pictureLayer(index + 1, refId, placement, ip, op)
  })
}

function pictureLayer(ind: number, refId: string, placement: Placement, ip: number, op: number): Layer {
  const { scale, x, y, cut } = placement
  return {
    ty: layerTypes.image,
    ind,
    refId,
    ip,
    op,
    st: 0,
    ks: { ...STILL, p: { a: 0, k: [x, y, 0] }, s: { a: 0, k: [scale * 100, scale * 100, 100] } },
    ...(cut && { hasMask: true, masksProperties: [rectangleMask(placement.visible)] }),
  }
}

function rectangleMask({ x, y, width, height }: Placement['visible']): Json {
  const v = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]
  const flat = v.map(() => [0, 0])
  return { mode: 'a', inv: false, o: { a: 0, k: 100 }, pt: { a: 0, k: { c: true, v, i: flat, o: flat } } }
}

/** Ids of the pictures among an animation's assets; others never look like them. */
const knownIds = new WeakMap<readonly Asset[], Set<string>>()

function addPicture(
  lottie: Lottie,
  name: string,
  { width, height }: { width: number; height: number },
): string {
  const assets = lottie.assets ?? []
  lottie.assets = assets
  const id = `media:${name}`
  // A long video has thousands of pictures: looking for each among all would take its square.
  const known = knownIds.get(assets) ?? new Set(assets.map((asset) => asset.id))
  knownIds.set(assets, known)
  if (!known.has(id)) assets.push({ id, w: width, h: height, u: '', p: name, e: 0 })
  known.add(id)
  return id
}
