import type { Property, Shape, TextDocument } from '../../lottie/lottie-json.ts'
import { round } from './round.ts'

/** Colours and opacities of a text, as Lottie properties. */
export interface Paint {
  readonly fill: Property | undefined
  readonly fillOpacity: Property
  readonly stroke: Property | undefined
  readonly strokeOpacity: Property
}

/**
 * The fill and stroke of one path; the first of a group lies on top. Fill rule nonzero: glyphs that overlap don't
 * punch holes.
 */
export function paintShapes(
  document: TextDocument,
  paint: Paint,
  scale: number,
  fillOnTop: boolean,
): Shape[] {
  const fill: Shape[] =
    paint.fill === undefined ? [] : [{ ty: 'fl', c: paint.fill, o: paint.fillOpacity, r: 1 }]
  const stroke: Shape[] =
    paint.stroke === undefined
      ? []
      : [
          {
            ty: 'st',
            c: paint.stroke,
            o: paint.strokeOpacity,
            w: { a: 0, k: round((document.sw ?? 1) * scale) },
            lc: 1,
            lj: typeof document.lj === 'number' ? document.lj : 1,
            ml: 4,
          },
        ]
  return fillOnTop ? [...fill, ...stroke] : [...stroke, ...fill]
}
