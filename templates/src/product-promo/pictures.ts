import type { MadeFile } from '../package/scene-definition.ts'
import { paintLamp } from './lamp-picture.ts'

/** Pictures of the package: defaults in `i/`. */
export const pictures: readonly MadeFile[] = [
  {
    path: 'i/lamp-desk.jpg',
    make: () =>
      paintLamp({
        width: 1200,
        height: 1200,
        wall: ['#241a4d', '#6a4a86'],
        table: ['#2a1838', '#a8684f'],
        glow: [255, 190, 112],
        globe: { x: 0.5, y: 0.46, radius: 0.19 },
      }),
  },
]
