import { loadTemplate, writeFileAtomically } from '@flatrender/engine-render'
import { packTemplate } from '@flatrender/engine-scene'
import type { Command } from 'commander'
import { placeFiles } from '../list-inputs.ts'
import { refuseInputs } from '../refuse-inputs.ts'
import type { Session } from '../session.ts'

/** `flatrender template pack`: a folder becomes a .lottie archive. */
export function addPackCommand(template: Command, session: Session): void {
  template
    .command('pack <folder>')
    .description('Pack a template folder into a .lottie archive. The same files give the same bytes.')
    .option('-o, --output <file>', 'archive to write (default: ID-VERSION.lottie)')
    .addHelpText(
      'after',
      '\nExample:\n  flatrender template pack templates/logo-reveal -o logo-reveal.lottie',
    )
    .action((folder: string, options: { output?: string }) => runPack(folder, options, session))
}

async function runPack(folder: string, { output }: { output?: string }, { console }: Session): Promise<void> {
  const { manifest, files, hash } = await loadTemplate(folder)
  const file = output ?? `${manifest.id}-${manifest.version}.lottie`
  await refuseInputs([file], () => placeFiles(files, folder))
  const bytes = packTemplate(files)
  await writeFileAtomically(file, bytes)
  console.note(`${file}: ${files.size} files, ${(bytes.length / 1e6).toFixed(2)} MB`)
  console.print(hash)
}
