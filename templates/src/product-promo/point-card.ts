import { type Box, centerOf, inset, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { nullLayer, shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { polyline } from '../../kit/path.ts'
import { fade, leaving, present } from '../../kit/presence.ts'
import { ellipse, pathShape, rectangle } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD } from './timing.ts'
import { body, headline } from './type.ts'

/** A card whose badge sits on its upper edge; all of it hangs on one null that comes in, floats and goes. */
export function pointCard(
  format: Format,
  box: Box,
  words: { title: string; text: string },
  index: number,
  enter: number,
): Layer[] {
  const { type } = format
  const number = index + 1
  const leave = LEAVE + index
  const place = centerOf(box)
  const arrival = present({ at: place, enter, enterFrames: 30, leave, from: [0, 140], to: [0, 60] })
  const mover = nullLayer(`Mover ${number}`, { transform: { position: arrival.position! } })
  const floater = nullLayer(`Floater ${number}`, {
    parent: mover,
    transform: { position: sway([0, 0], [0, 5], { period: PERIOD, frames: FRAMES }) },
  })
  const opacity = fade(enter, 10, leave)
  const local = { x: -box.width / 2, y: -box.height / 2, width: box.width, height: box.height }
  const radius = pick(format, { '16x9': 52, '9x16': 50, '1x1': 36 })
  const inner = inset(local, pick(format, { '16x9': 44, '9x16': 56, '1x1': 44 }), 0)
  const room = { ...inner, y: inner.y + radius, height: inner.height - radius }
  const titleSize = type.title * pick(format, { '16x9': 0.86, '9x16': 0.94, '1x1': 0.82 })
  const textSize = type.body * pick(format, { '16x9': 0.9, '9x16': 0.96, '1x1': 0.86 })
  const titleLines = pick(format, { '16x9': 2, '9x16': 1, '1x1': 1 })
  const textLines = pick(format, { '16x9': 3, '9x16': 2, '1x1': 2 })
  const [title, text] = stack(room, [
    titleSize * 1.3 * titleLines,
    titleSize * 0.44,
    textSize * 1.45 * textLines,
  ]) as [Box, Box]
  const color = palette.color('text')
  return [
    mover,
    floater,
    shapeLayer(`Card ${number}`, [rectangle(local, 40), fill(palette.color('surface'))], {
      parent: floater,
      transform: { opacity },
    }),
    ...badge(number, radius, local.y, floater, enter + 8, leave),
    textLayer(
      `Point ${number}`,
      words.title,
      title,
      headline(titleSize, {
        align: 'center',
        vertical: pick(format, { '16x9': 'bottom', '9x16': 'center', '1x1': 'center' }),
      }),
      color,
      {
        slot: `point${number}`,
        parent: floater,
        transform: { opacity },
      },
    ),
    textLayer(
      `Text ${number}`,
      words.text,
      text,
      body(textSize, { align: 'center', vertical: 'top' }),
      color,
      {
        slot: `text${number}`,
        parent: floater,
        transform: { opacity },
      },
    ),
  ]
}

function badge(
  number: number,
  radius: number,
  top: number,
  parent: Layer,
  enter: number,
  leave: number,
): Layer[] {
  const scale = animate([
    ...spring({ at: enter, from: [0, 0], to: [100, 100], frames: 24, damping: 0.5 }),
    ...leaving(leave, 9, [100, 100], [0, 0]),
  ])
  const unit = radius / 50
  const tick = polyline([
    [-20 * unit, 1 * unit],
    [-6 * unit, 15 * unit],
    [21 * unit, -14 * unit],
  ])
  const drawn = animate([
    { at: enter + 9, value: 0 },
    { at: enter + 24, value: 100, ease: easing.emphasised },
  ])
  return [
    shapeLayer(
      `Badge ${number}`,
      [ellipse([0, 0], [radius * 2, radius * 2]), fill(palette.color('primary'))],
      {
        parent,
        transform: { position: [0, top], scale },
      },
    ),
    shapeLayer(
      `Tick ${number}`,
      [pathShape(tick), trim(0, drawn), stroke(palette.color('onPrimary'), 8 * unit)],
      { parent, transform: { position: [0, top], scale } },
    ),
  ]
}
