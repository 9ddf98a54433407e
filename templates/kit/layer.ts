import type { Mask } from './mask.ts'
import type { Json } from './property.ts'
import type { Transform } from './transform.ts'

/** A font as text layers name it: `name` is written to the document, family and style match the manifest. */
export type Face = { name: string; family: string; style: string }

/** A picture of the package, with the box that whatever replaces it has to fill. */
export type ImageAsset = {
  id: string
  width: number
  height: number
  /** Package path of the picture that is shown when nobody gives another. */
  file: string
  /** Slot id; absent: the picture belongs to the design. */
  slot?: string
}

/**
 * A layer before it is numbered. Layers are listed from back to front. `in` and `out` are frames of the
 * composition; a matte layer is listed nowhere but here.
 */
export type Layer = {
  name: string
  type: number
  transform?: Transform
  body?: Readonly<Record<string, Json>>
  content?: Composition
  image?: ImageAsset
  face?: Face
  parent?: Layer
  matte?: { layer: Layer; mode: MatteMode }
  masks?: readonly Mask[]
  in?: number
  out?: number
  /** Frame of the composition at which a precomp's own frame 0 plays. */
  start?: number
}

/** What of the matte lets a layer through. */
export type MatteMode = 'alpha' | 'inverted alpha' | 'luma' | 'inverted luma'

/** Layer options that every kind takes. */
export type LayerOptions = Omit<Layer, 'name' | 'type' | 'body' | 'content' | 'image' | 'face'>

/** Layers on a canvas of their own; a scene is one, and so is each precomp. From back to front. */
export type Composition = { id: string; width: number; height: number; layers: Layer[] }
