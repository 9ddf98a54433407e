import path from 'node:path'
import { initTemplateFolder } from '@flatrender/engine-render'
import type { Command } from 'commander'
import type { Session } from '../session.ts'

interface InitOptions {
  readonly output?: string
  readonly force?: boolean
}

/** `flatrender template init`: a plain Lottie file becomes a template folder. */
export function addInitCommand(template: Command, session: Session): void {
  template
    .command('init <file>')
    .description(
      'Make a template folder of a plain Lottie file: finds slots, texts and pictures, writes a manifest.',
    )
    .option('-o, --output <folder>', 'folder to write (default: beside the file, named like it)')
    .option('--force', 'replace a template that lies there')
    .addHelpText('after', '\nExample:\n  flatrender template init lower-third.json -o lower-third')
    .action((file: string, options: InitOptions) => runInit(file, options, session))
}

async function runInit(
  file: string,
  { output, force = false }: InitOptions,
  { console }: Session,
): Promise<void> {
  const folder = output ?? path.join(path.dirname(file), path.basename(file, path.extname(file)))
  const { manifest, missing } = await initTemplateFolder(file, folder, force)
  const slots = Object.entries(manifest.scenes[0]!.slots)
  console.note(`${folder}: a template of one scene with ${slots.length} slots`)
  for (const [id, { type }] of slots) console.note(`  ${id}  ${type}`)
  for (const picture of missing) console.note(`  not found beside the file: ${picture}`)
  console.note(`Next: flatrender template check ${folder}`)
}
