import type { Property, Shape } from '../../lottie/lottie-json.ts'

/** What moves a group; absent parts stay as they are. */
export interface GroupTransform {
  readonly anchor?: Property
  readonly position?: Property
  readonly scale?: Property
  readonly rotation?: Property
  readonly opacity?: Property
}

/** A group of shapes with its transform, which Lottie wants as the last item. */
export function groupShape(items: readonly Shape[], transform: GroupTransform = {}): Shape {
  return {
    ty: 'gr',
    it: [
      ...items,
      {
        ty: 'tr',
        a: transform.anchor ?? { a: 0, k: [0, 0] },
        p: transform.position ?? { a: 0, k: [0, 0] },
        s: transform.scale ?? { a: 0, k: [100, 100] },
        r: transform.rotation ?? { a: 0, k: 0 },
        o: transform.opacity ?? { a: 0, k: 100 },
      },
    ],
  }
}
