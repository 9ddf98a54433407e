import type { Manifest } from '@flatrender/contracts/template'
import { loadTemplate } from '@flatrender/engine-render'
import type { Command } from 'commander'
import type { Session } from '../session.ts'

/** `flatrender template inspect`: what a template offers. */
export function addInspectCommand(template: Command, session: Session): void {
  template
    .command('inspect <template>')
    .description('List formats, palettes, scenes and slots of a template, and modifications to start from.')
    .option('--json', 'the manifest and the content hash as JSON')
    .addHelpText('after', '\nExample:\n  flatrender template inspect templates/kinetic-quote')
    .action((location: string, options: { json?: boolean }) => runInspect(location, options, session))
}

async function runInspect(
  location: string,
  { json }: { json?: boolean },
  { console }: Session,
): Promise<void> {
  const { manifest, hash, files } = await loadTemplate(location)
  if (json === true) console.print(JSON.stringify({ hash, manifest }, null, 2))
  else for (const line of describe(manifest, hash, files.size)) console.print(line)
}

function describe(manifest: Manifest, hash: string, files: number): string[] {
  const { id, version, licence, languages, fps, formats, palette, scenes, transitions, presets, music } =
    manifest
  return [
    `${nameOf(manifest.name)} (${id} ${version}), ${licence}, ${files} files`,
    `hash        ${hash}`,
    `formats     ${Object.entries(formats)
      .map(([ratio, { width, height }]) => `${ratio} (${width}×${height})`)
      .join(', ')} at ${fps} frames/s`,
    `languages   ${languages.join(', ')}`,
    `palette     ${Object.entries(palette.roles)
      .map(([role, { default: color }]) => `${role} ${color}`)
      .join(', ')}`,
    `palettes    ${Object.keys(palette.named).join(', ') || 'none'}`,
    `transitions ${transitions.map((one) => `${one.id} (${one.seconds} s)`).join(', ') || 'cuts alone'}`,
    `presets     ${presets.map((preset) => `${preset.id}: ${(preset.story.scenes ?? []).map(({ scene }) => scene).join(' ')}`).join('; ')}`,
    `music       ${music === undefined ? 'none' : nameOf(music.name ?? { en: music.file })}`,
    ...scenes.flatMap((scene) => [
      '',
      `${scene.id}  ${nameOf(scene.name)}`,
      ...Object.entries(scene.slots).map(
        ([slot, definition]) => `  ${slot.padEnd(16)} ${describeSlot(definition)}`,
      ),
    ]),
    '',
    'Modifications to start from:',
    JSON.stringify({ scenes: presets[0]!.story.scenes }, null, 2),
  ]
}

function describeSlot(slot: Manifest['scenes'][number]['slots'][string]): string {
  switch (slot.type) {
    case 'text':
      return `text, ${slot.minCharacters}–${slot.maxCharacters} characters, at most ${slot.maxLines} ${slot.maxLines === 1 ? 'line' : 'lines'}, fit ${slot.fit}`
    case 'image':
    case 'media':
      return `${slot.type === 'image' ? 'picture' : 'picture or video'}, ${slot.fit}`
    case 'number':
      return `number${slot.min === undefined ? '' : `, from ${slot.min}`}${slot.max === undefined ? '' : `, to ${slot.max}`}`
    case 'boolean':
      return `true or false, default ${slot.default}`
    case 'choice':
      return `one of ${Object.keys(slot.options).join(', ')}, default ${slot.default}`
    case 'color':
      return 'colour'
  }
}

function nameOf(name: Readonly<Record<string, string>>): string {
  return name.en ?? Object.values(name)[0] ?? ''
}
