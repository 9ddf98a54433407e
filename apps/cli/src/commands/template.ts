import type { Command } from 'commander'
import type { Session } from '../session.ts'
import { addCheckCommand } from './template-check.ts'
import { addInitCommand } from './template-init.ts'
import { addInspectCommand } from './template-inspect.ts'
import { addPackCommand } from './template-pack.ts'
import { addPreviewCommand } from './template-preview.ts'

/** `flatrender template …`, and the commands under it. */
export function addTemplateCommands(program: Command, session: Session): void {
  const template = program
    .command('template')
    .description('Make, check, pack and look at templates.')
    .helpCommand(false)
  for (const add of [addInitCommand, addCheckCommand, addPackCommand, addInspectCommand, addPreviewCommand]) {
    add(template, session)
  }
}
