import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import type { ChosenOutput, Lane, OutputChoice } from '@flatrender/contracts/render'
import {
  chooseFormat,
  chooseRate,
  chooseSettings,
  type OutputChoice as EngineChoice,
  type TemplatePackage,
  templateRate,
} from '@flatrender/engine-scene'
import { classOfSize, type Size } from './class-of-size.ts'
import { assertSizeOfLane, largestOf } from './preview-bounds.ts'

/** What a video is held to. */
export interface OutputBounds {
  readonly plan: Standing['plan']
  readonly lane: Lane
}

/**
 * Decides what was left open of a video's form, and holds it to a plan and a lane: a size that was asked for and is too
 * large is refused, the template's own is made smaller. Errors: TEMPLATE_FORMAT_UNKNOWN, OUTPUT_SETTINGS_INVALID,
 * RENDER_OVER_PLAN, PREVIEW_TOO_LARGE.
 */
export function readOutput(
  template: TemplatePackage,
  given: OutputChoice,
  { plan, lane }: OutputBounds,
): ChosenOutput {
  const { container, range } = given
  if (container === 'png')
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'container',
      value: container,
      reason: 'numbered pictures are a folder and no file, and are rendered by the command line alone',
    })
  const format = chooseFormat(template, given.format)
  const canvas = template.manifest.formats[format]!
  const fps = chooseRate(engineChoice(given), templateRate(template))
  const allowed = plan?.maxShortSidePixels ?? Number.POSITIVE_INFINITY
  const most = Math.min(allowed, largestOf(lane))
  const fits = classOfSize(canvas) <= most
  const choice =
    given.resolution === undefined && !fits ? { ...given, resolution: shrink(canvas, most) } : given
  const { codec, width, height, quality, alpha } = chooseSettings(engineChoice(choice), canvas, fps)
  if (classOfSize({ width, height }) > allowed)
    throw new FlatRenderError('RENDER_OVER_PLAN', {
      plan: plan!.slug,
      what: 'videos that fit into 16:9 with a short side',
      limit: `${allowed} pixels`,
      wanted: `${width}×${height}`,
    })
  assertSizeOfLane(lane, { width, height })
  if (range !== undefined && range[0] >= range[1])
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'range',
      value: range.join('–'),
      reason: 'it ends before it begins',
    })
  return { format, container, codec, width, height, fps, quality, transparent: alpha, range: range ?? null }
}

/** The largest size of a canvas's shape within a class. */
function shrink(canvas: Size, most: number): string {
  if (classOfSize(canvas) === Math.min(canvas.width, canvas.height)) return `${most}p`
  const even = (side: number) => 2 * Math.floor((side * most) / classOfSize(canvas) / 2)
  return `${even(canvas.width)}x${even(canvas.height)}`
}

/** A video's form as the engine takes it: what it chooses of this is this. */
export function asEngineChoice({
  container,
  codec,
  width,
  height,
  fps,
  quality,
  transparent,
}: ChosenOutput): EngineChoice {
  return {
    container,
    codec,
    resolution: `${width}x${height}`,
    fps: `${fps.num}/${fps.den}`,
    quality,
    transparent,
  }
}

function engineChoice({ format: _format, range: _range, ...rest }: OutputChoice): EngineChoice {
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as unknown as EngineChoice
}
