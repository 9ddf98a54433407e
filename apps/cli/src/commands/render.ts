import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type PreparedRender,
  posterOfStory,
  prepareLottie,
  prepareRender,
  render,
  type StillSource,
  stillOfLottie,
} from '@flatrender/engine-render'
import { type Command, Option } from 'commander'
import { type Engine, openEngine } from '../engine.ts'
import { listInputs, placeFiles } from '../list-inputs.ts'
import { noteMissing } from '../output/note-missing.ts'
import { createProgressReporter } from '../output/progress-reporter.ts'
import { createTextNoter } from '../output/text-notes.ts'
import { preparePoster } from '../prepare-poster.ts'
import { readRequest } from '../read-request.ts'
import { refuseInputs } from '../refuse-inputs.ts'
import {
  addDataOptions,
  addOutputOptions,
  chooseOutput,
  type DataOptions,
  type OutputOptions,
  parseRange,
  refuseData,
} from '../render-options.ts'
import type { Session } from '../session.ts'

interface RenderCommandOptions extends DataOptions, OutputOptions {
  readonly output: string
  readonly range?: string
  readonly verify: 'key' | 'full'
  readonly digest?: boolean
  readonly plan?: boolean
  readonly poster?: string
  readonly json?: boolean
}

/** `flatrender render`: a template, or a plain Lottie file, to a video. */
export function addRenderCommand(program: Command, session: Session): void {
  const command = program
    .command('render <template>')
    .description('Render a template (.lottie file or folder), or a plain Lottie file, to a video.')
    .requiredOption(
      '-o, --output <file>',
      '.mp4, .webm, .mov, .gif, .webp, or .png for numbered pictures in a folder',
    )
  addDataOptions(command)
  addOutputOptions(command)
    .option('--range <start-end>', 'only these seconds, such as 2.5-8')
    .addOption(new Option('--verify <how>', 'what is decoded again').choices(['key', 'full']).default('key'))
    .option('--poster <file>', 'also write the still that stands for the video: .png, .jpg or .webp')
    .option('--digest', 'print the hash of all frames’ hashes')
    .option('--plan', 'print the plan as JSON and stop')
    .option('--json', 'progress, findings and result as JSON lines')
    .addHelpText(
      'after',
      `
Examples:
  flatrender render templates/product-promo --data templates/product-promo/data/fa.json --format 9:16 -o a.mp4
  flatrender render promo.lottie --set intro.title="Hello" --resolution 720p -o hello.webm
  flatrender render logo.lottie --transparent -o logo.mov`,
    )
    .action((template: string, options: RenderCommandOptions) => runRender(template, options, session))
}

async function runRender(location: string, options: RenderCommandOptions, session: Session): Promise<void> {
  const { console, settings, signal } = session
  const json = options.json === true
  const engine = await openEngine(session)
  try {
    const { prepared, findPoster } = await prepare(location, options, engine)
    if (options.plan === true) {
      console.print(JSON.stringify(prepared.plan, null, 2))
      return
    }
    noteMissing(prepared.missing, location, console, json)
    createTextNoter(console, json)(prepared.texts)
    const { poster } = options
    const writePoster =
      poster === undefined ? undefined : await preparePoster(poster, await findPoster(), prepared, engine)
    const result = await render(prepared, {
      workspace: engine.workspace,
      pool: engine.pool,
      workers: settings.workers,
      cacheLimit: settings.cacheLimit,
      output: options.output,
      verify: options.verify,
      digest: options.digest === true,
      signal,
      onProgress: createProgressReporter(console, json),
    })
    await writePoster?.()
    if (json) console.print(JSON.stringify({ type: 'done', ...result, ...(poster && { poster }) }))
    else report(result, prepared, session)
  } finally {
    await engine.close()
  }
}

async function prepare(
  location: string,
  options: RenderCommandOptions,
  engine: Engine,
): Promise<{ prepared: PreparedRender; findPoster: () => Promise<StillSource> }> {
  const output = chooseOutput(options.output, options)
  const outputs = listOutputs(options)
  const range = options.range === undefined ? {} : { range: parseRange(options.range) }
  if (location.toLowerCase().endsWith('.json')) {
    refuseData(location, options)
    const prepared = await prepareLottie({ file: location, output, ...range })
    await refuseInputs(outputs, () => [location, ...placeFiles(prepared.files, path.dirname(location))])
    const { frames, settings } = prepared.plan
    const middle = (Math.floor(frames / 2) * settings.fps.den) / settings.fps.num
    return { prepared, findPoster: () => stillOfLottie(location, middle) }
  }
  const request = await readRequest(location, options)
  await refuseInputs(outputs, () => listInputs(location, options, request, engine.workspace))
  return {
    prepared: await prepareRender({ ...request, output, ...range }, engine),
    findPoster: () => posterOfStory(request, engine),
  }
}

/** Errors: OUTPUT_UNWRITABLE for a poster in the video's place. */
function listOutputs({ output, poster }: RenderCommandOptions): string[] {
  if (poster === undefined) return [output]
  if (path.resolve(poster) !== path.resolve(output)) return [output, poster]
  throw new FlatRenderError('OUTPUT_UNWRITABLE', { file: poster, reason: 'the video itself is to lie there' })
}

function report(
  result: Awaited<ReturnType<typeof render>>,
  { plan }: PreparedRender,
  { console }: Session,
): void {
  const { fps, width, height } = plan.settings
  const length = ((plan.frames * fps.den) / fps.num).toFixed(2)
  const speed = (plan.frames / result.seconds).toFixed(0)
  const { output, painted, cached, repaired, seconds } = result
  const counts = [`${painted} painted`, `${cached} cached`, ...(repaired > 0 ? [`${repaired} repaired`] : [])]
  console.note(
    `${output}: ${length} s at ${width}×${height}, ${plan.frames} frames (${counts.join(', ')}) in ${seconds.toFixed(1)} s, ${speed} frames/s`,
  )
  if (result.digest !== undefined) console.print(result.digest)
}
