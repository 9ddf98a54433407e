import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  assertBackground,
  assertOutputFolder,
  paintStill,
  type Still,
  type StillChoice,
  type StillSource,
  snapshotStory,
  stillOfLottie,
  type Workshop,
  writeFileAtomically,
} from '@flatrender/engine-render'
import type { Command } from 'commander'
import { openEngine } from '../engine.ts'
import { listInputs, placeFiles } from '../list-inputs.ts'
import { noteMissing } from '../output/note-missing.ts'
import { createTextNoter } from '../output/text-notes.ts'
import { readRequest } from '../read-request.ts'
import { refuseInputs } from '../refuse-inputs.ts'
import { addDataOptions, type DataOptions, refuseData } from '../render-options.ts'
import type { Session } from '../session.ts'
import { stillFormatOf } from '../still-format.ts'

interface SnapshotOptions extends DataOptions {
  readonly output: string
  readonly time: string
  readonly width?: string
  readonly background?: string
  readonly json?: boolean
}

/** `flatrender snapshot`: one moment as a still. */
export function addSnapshotCommand(program: Command, session: Session): void {
  const command = program
    .command('snapshot <template>')
    .description(
      'Paint one moment of a template (.lottie file or folder), or of a plain Lottie file, as a still.',
    )
    .requiredOption('-o, --output <file>', '.png, .jpg or .webp')
    .requiredOption('--time <seconds>', 'moment of the video')
  addDataOptions(command)
    .option('--width <pixels>', 'width; the height follows (default: the composition’s)')
    .option('--background <color>', 'CSS colour under it (default: transparent; white for .jpg)')
    .option('--json', 'findings and result as JSON lines')
    .addHelpText(
      'after',
      `
Examples:
  flatrender snapshot templates/product-promo --data templates/product-promo/data/fa.json --time 3 -o still.png
  flatrender snapshot animation.json --time 1.5 --width 640 -o still.webp`,
    )
    .action((template: string, options: SnapshotOptions) => runSnapshot(template, options, session))
}

async function runSnapshot(location: string, options: SnapshotOptions, session: Session): Promise<void> {
  const choice = chooseStill(options)
  await assertOutputFolder(options.output)
  const json = options.json === true
  const { console } = session
  const engine = await openEngine(session, { lazy: true })
  const { texts, missing, ...still } = await takeStill(location, options, choice, engine).finally(
    engine.close,
  )
  noteMissing(missing, location, console, json)
  createTextNoter(console, json)(texts)
  await writeFileAtomically(options.output, still.data)
  const { width, height, cached } = still
  if (json) console.print(JSON.stringify({ type: 'done', output: options.output, width, height, cached }))
  else console.note(`${options.output}: ${width}×${height}${cached ? ' (cached)' : ''}`)
}

async function takeStill(
  location: string,
  options: SnapshotOptions,
  choice: StillChoice,
  workshop: Workshop,
): Promise<Still & Pick<StillSource, 'missing'>> {
  const seconds = Number(options.time)
  if (options.time.trim() === '' || !Number.isFinite(seconds)) {
    const reason = 'it is not a number of seconds'
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting: 'time', value: options.time, reason })
  }
  if (location.toLowerCase().endsWith('.json')) {
    refuseData(location, options)
    const source = await stillOfLottie(location, seconds)
    await refuseInputs([options.output], () => placeFiles(source.files, path.dirname(location)))
    return { ...(await paintStill(source, choice, workshop)), missing: source.missing }
  }
  const request = await readRequest(location, options)
  await refuseInputs([options.output], () => listInputs(location, options, request, workshop.workspace))
  return { ...(await snapshotStory(request, seconds, choice, workshop)), missing: [] }
}

function chooseStill({ output, width, background }: SnapshotOptions): StillChoice {
  const format = stillFormatOf(output)
  const pixels = width === undefined ? undefined : Number(width)
  if (pixels !== undefined && !(Number.isInteger(pixels) && pixels >= 1 && pixels <= 8192)) {
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'width',
      value: width!,
      reason: 'it must be 1 to 8192 pixels',
    })
  }
  if (background !== undefined) assertBackground(background)
  return { format, background: background ?? null, ...(pixels !== undefined && { width: pixels }) }
}
