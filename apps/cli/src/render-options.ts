import {
  type Container,
  containers,
  qualities,
  type VideoCodec,
  videoCodecs,
} from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { containerOf, type OutputChoice } from '@flatrender/engine-scene'
import { type Command, Option } from 'commander'

/** Options that decide what a video says, as commander parses them. */
export interface DataOptions {
  readonly data?: string
  readonly set?: Readonly<Record<string, string>>
  readonly format?: string
}

/** Options that decide how it is written. */
export interface OutputOptions {
  readonly resolution?: string
  readonly fps?: string
  readonly quality?: (typeof qualities)[number]
  readonly codec?: VideoCodec
  readonly container?: Container
  readonly transparent?: boolean
}

/** Adds the options of `DataOptions`. */
export function addDataOptions(command: Command): Command {
  return command
    .option('--data <file>', 'JSON file of modifications; relative paths in it start at its folder')
    .option(
      '--set <slot=value>',
      'one value, by slot, scene.slot or scene#2.slot; relative paths start where you are; may be repeated',
      collectValue,
    )
    .option('--format <ratio>', 'format of the template, such as 9:16 (default: its first)')
}

/** Adds the options of `OutputOptions`. */
export function addOutputOptions(command: Command): Command {
  return command
    .option(
      '--resolution <size>',
      '720p, 1080p, 4k (the shorter side), or 1200x628 (default: the template’s)',
    )
    .option('--fps <rate>', 'frames a second, 1 to 60, such as 30 or 30000/1001 (default: the template’s)')
    .addOption(
      new Option('--quality <quality>', 'size against fidelity').choices(qualities).default('standard'),
    )
    .addOption(new Option('--codec <codec>', 'instead of the container’s usual one').choices(videoCodecs))
    .addOption(
      new Option('--container <container>', 'instead of what the file’s name says').choices(containers),
    )
    .option('--transparent', 'keep transparency (webm, mov, webp, gif, png)')
}

/** The engine's choice for an output file and these options. Errors: OUTPUT_FORMAT_UNKNOWN. */
export function chooseOutput(file: string, options: OutputOptions): OutputChoice {
  const { resolution, fps, quality, codec, transparent } = options
  return {
    container: options.container ?? containerOf(file),
    ...(resolution !== undefined && { resolution }),
    ...(fps !== undefined && { fps }),
    ...(quality !== undefined && { quality }),
    ...(codec !== undefined && { codec }),
    ...(transparent !== undefined && { transparent }),
  }
}

/** A plain animation has no slots to fill. Errors: TEMPLATE_MANIFEST_MISSING. */
export function refuseData(location: string, { data, set }: DataOptions): void {
  if (data !== undefined || Object.keys(set ?? {}).length > 0)
    throw new FlatRenderError('TEMPLATE_MANIFEST_MISSING', { template: location })
}

/** `2.5-8`, `-8`, `2.5-`, which ends at Infinity. Errors: OUTPUT_SETTINGS_INVALID. */
export function parseRange(text: string): [number, number] {
  const match = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?$/.exec(text.trim())
  if (match === null || text.trim() === '-')
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'range',
      value: text,
      reason: 'it is not START-END in seconds, such as 2.5-8',
    })
  return [Number(match[1] ?? 0), match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2])]
}

function collectValue(text: string, known: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at <= 0) throw new FlatRenderError('DATA_INVALID', { path: text, reason: 'it is not slot=value' })
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) }
}
