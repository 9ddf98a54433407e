import type { Composition, ImageAsset, Layer, LayerOptions } from './layer.ts'
import type { Shape } from './shape.ts'

/** Shapes; the first is in front. */
export function shapeLayer(name: string, shapes: readonly Shape[], options: LayerOptions = {}): Layer {
  return { name, type: 4, body: { shapes: [...shapes] }, ...options }
}

/** Paints nothing; others are parented to it. */
export function nullLayer(name: string, options: LayerOptions = {}): Layer {
  return { name, type: 3, ...options }
}

/** A picture, anchored at its middle unless the transform says otherwise. */
export function imageLayer(name: string, image: ImageAsset, options: LayerOptions = {}): Layer {
  const anchor = [image.width / 2, image.height / 2]
  return { name, type: 2, image, ...options, transform: { anchor, ...options.transform } }
}

/** A composition as a layer, anchored at its middle unless the transform says otherwise. */
export function precompLayer(name: string, content: Composition, options: LayerOptions = {}): Layer {
  const anchor = [content.width / 2, content.height / 2]
  return {
    name,
    type: 0,
    content,
    body: { w: content.width, h: content.height },
    ...options,
    transform: { anchor, ...options.transform },
  }
}
