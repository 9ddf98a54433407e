import type { Layer } from './layer.ts'

/** Layers on a canvas of their own; a scene is one, and so is each precomp. From back to front. */
export type Composition = { id: string; width: number; height: number; layers: Layer[] }

/** An empty composition. */
export function composition(id: string, width: number, height: number, layers: Layer[] = []): Composition {
  return { id, width, height, layers }
}
