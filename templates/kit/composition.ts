import type { Composition, Layer } from './layer.ts'

/** A composition; its id names the asset that it becomes. */
export function composition(id: string, width: number, height: number, layers: Layer[] = []): Composition {
  return { id, width, height, layers }
}
