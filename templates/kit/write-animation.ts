import { collectSlots } from './collect-slots.ts'
import type { Composition, Face, ImageAsset, Layer } from './layer.ts'
import type { JsonObject } from './property.ts'
import { writeLayers } from './write-layers.ts'

/** Part of a scene that may be held (frozen) or looped when the scene has to last longer. Frames. */
export type Stretch = { kind: 'hold' | 'loop'; from: number; frames: number }

/** Length and rate of an animation, and where it may be stretched. */
export type AnimationOptions = { frames: number; fps: number; stretch: readonly Stretch[] }

/** Writes a composition and all that it uses as a Lottie animation (Bodymovin's dialect). */
export function writeAnimation(scene: Composition, options: AnimationOptions): JsonObject {
  const { frames, fps, stretch } = options
  const used = gather(scene)
  const layers = writeLayers(scene, frames)
  const comps = used.comps.map((comp) => ({
    id: comp.id,
    nm: comp.id,
    fr: fps,
    layers: writeLayers(comp, frames),
  }))
  return {
    v: '5.12.2',
    fr: fps,
    ip: 0,
    op: frames,
    w: scene.width,
    h: scene.height,
    nm: scene.id,
    ddd: 0,
    assets: [...used.images.map(writeImage), ...comps],
    fonts: { list: used.faces.map(({ name, family, style }) => font(name, family, style)) },
    layers,
    markers: stretch.map(({ kind, from, frames: length }) => ({
      cm: `flatrender:${kind}`,
      tm: from,
      dr: length,
    })),
    slots: collectSlots([layers, comps]),
  }
}

function font(fName: string, fFamily: string, fStyle: string): JsonObject {
  return { fName, fFamily, fStyle, ascent: 75, origin: 3, fPath: '', fClass: '', fWeight: '' }
}

function writeImage({ id, width, height, file, slot }: ImageAsset): JsonObject {
  const cut = file.lastIndexOf('/') + 1
  const asset = { id, w: width, h: height, u: file.slice(0, cut), p: file.slice(cut), e: 0 }
  return slot === undefined ? asset : { ...asset, sid: slot }
}

type Used = { comps: Composition[]; images: ImageAsset[]; faces: Face[] }

/** Everything that a composition refers to, each once, in the order of its first use from back to front. */
function gather(scene: Composition): Used {
  const comps = new Map<string, Composition>()
  const images = new Map<string, ImageAsset>()
  const faces = new Map<string, Face>()
  const visit = (layer: Layer): void => {
    if (layer.matte) visit(layer.matte.layer)
    if (layer.image) keepSame(images, layer.image.id, layer.image)
    if (layer.face) faces.set(layer.face.name, layer.face)
    if (layer.content && keepSame(comps, layer.content.id, layer.content)) layer.content.layers.forEach(visit)
  }
  scene.layers.forEach(visit)
  return { comps: [...comps.values()], images: [...images.values()], faces: [...faces.values()] }
}

/** True when it is new; throws when the id already stands for something else. */
function keepSame<T>(map: Map<string, T>, id: string, value: T): boolean {
  const known = map.get(id)
  if (known === undefined) map.set(id, value)
  else if (known !== value) throw new Error(`two assets are called ${id}`)
  return known === undefined
}
