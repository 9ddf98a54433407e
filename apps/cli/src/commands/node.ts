import type { Command } from 'commander'
import type { Session } from '../session.ts'
import { addNodeReplayCommand } from './node-replay.ts'
import { addNodeStartCommand } from './node-start.ts'

/** `flatrender node …`, and the commands under it. */
export function addNodeCommands(program: Command, session: Session): void {
  const node = program
    .command('node')
    .description('Work for a farm: render what a FlatRender server has to render.')
    .helpCommand(false)
  for (const add of [addNodeStartCommand, addNodeReplayCommand]) add(node, session)
}
