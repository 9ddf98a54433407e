import { FlatRenderError } from '@flatrender/contracts/errors'
import { previewTemplate, writeFileAtomically } from '@flatrender/engine-render'
import type { Command } from 'commander'
import { openEngine } from '../engine.ts'
import { listInputs } from '../list-inputs.ts'
import { readRequest } from '../read-request.ts'
import { refuseInputs } from '../refuse-inputs.ts'
import { addDataOptions, type DataOptions } from '../render-options.ts'
import type { Session } from '../session.ts'

interface PreviewOptions extends DataOptions {
  readonly output: string
  readonly width: string
  readonly moments?: string
}

/** `flatrender template preview`: all scenes on one sheet. */
export function addPreviewCommand(template: Command, session: Session): void {
  const command = template
    .command('preview <template>')
    .description('Paint all scenes of a template into one PNG, a contact sheet.')
    .requiredOption('-o, --output <file>', 'the PNG to write')
  addDataOptions(command)
    .option('--width <pixels>', 'width of one picture', '480')
    .option('--moments <shares>', 'moments of each scene as shares of its length, such as 0.1,0.3,0.5,0.9')
    .addHelpText(
      'after',
      '\nExample:\n  flatrender template preview templates/story-slides --format 9:16 -o sheet.png',
    )
    .action((location: string, options: PreviewOptions) => runPreview(location, options, session))
}

async function runPreview(location: string, options: PreviewOptions, session: Session): Promise<void> {
  const { console } = session
  const tileWidth = Number(options.width)
  if (!(Number.isInteger(tileWidth) && tileWidth >= 16 && tileWidth <= 2048))
    throw invalid('width', options.width, 'it must be 16 to 2048 pixels')
  const moments = options.moments?.split(',').map(Number)
  if (moments?.some((share) => !(share >= 0 && share <= 1)) === true)
    throw invalid('moments', options.moments!, 'each must be from 0 to 1')
  const request = await readRequest(location, options)
  const engine = await openEngine(session, { lazy: true })
  try {
    await refuseInputs([options.output], () => listInputs(location, options, request, engine.workspace))
    const sheet = await previewTemplate(request, { tileWidth, ...(moments && { moments }) }, engine)
    await writeFileAtomically(options.output, sheet.png)
    console.note(`${options.output}: ${sheet.pictures.length} pictures, ${sheet.columns} a row`)
    for (const { scene, seconds } of sheet.pictures) console.note(`  ${scene} at ${seconds.toFixed(2)} s`)
  } finally {
    await engine.close()
  }
}

function invalid(setting: string, value: string, reason: string): FlatRenderError {
  return new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting, value, reason })
}
