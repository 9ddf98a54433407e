import { statfs } from 'node:fs/promises'
import { arch, availableParallelism, freemem, totalmem } from 'node:os'
import { examineEngine, openWorkspace } from '@flatrender/engine-render'
import type { Command } from 'commander'
import { exitCodes } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** `flatrender doctor`: whether this machine can render. */
export function addDoctorCommand(program: Command, session: Session): void {
  program
    .command('doctor')
    .description('Say whether this machine can render: Node, cores, memory, disk, painter, encoders, fonts.')
    .action(() => runDoctor(session))
}

async function runDoctor({ console, settings }: Session): Promise<void> {
  const workspace = await openWorkspace(settings.home)
  const disk = await statfs(workspace.folder)
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const lines: [ok: boolean, what: string, found: string][] = [
    [true, 'node', `${process.version} on ${process.platform} ${arch()}`],
    [true, 'cores', `${availableParallelism()}, ${settings.workers} workers`],
    [
      totalmem() > settings.workers * 0.7e9,
      'memory',
      `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`,
    ],
    [
      disk.bavail * disk.bsize > 2e9,
      'disk',
      `${gigabytes(disk.bavail * disk.bsize)} free at ${workspace.folder}`,
    ],
  ]
  for (const { name, ok, found } of await examineEngine()) lines.push([ok, name, found])
  for (const [ok, what, found] of lines) console.print(`${ok ? 'ok  ' : 'BAD '} ${what.padEnd(12)} ${found}`)
  if (lines.some(([ok]) => !ok)) process.exitCode = exitCodes.failed
}
