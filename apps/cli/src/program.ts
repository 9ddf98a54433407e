import { Command } from 'commander'
import { addBackupCommand } from './commands/backup.ts'
import { addBatchCommand } from './commands/batch.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addInitDbCommand } from './commands/init-db.ts'
import { addJobsCommands } from './commands/jobs.ts'
import { addNodeCommands } from './commands/node.ts'
import { addRenderCommand } from './commands/render.ts'
import { addRestoreCommand } from './commands/restore.ts'
import { addRotateKeyCommand } from './commands/rotate-key.ts'
import { addSnapshotCommand } from './commands/snapshot.ts'
import { addTemplateCommands } from './commands/template.ts'
import { exitCodes } from './exit-code.ts'
import type { Session } from './session.ts'

/** The whole command line, ready to parse. */
export function createProgram(session: Session): Command {
  const program = new Command('flatrender')
    .description('Turns a template and somebody’s words, pictures, colours and sounds into a video.')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => session.console.print(text.trimEnd()),
      writeErr: (text) => session.console.note(text.trimEnd()),
    })
    .addHelpText(
      'after',
      `
Exit codes:
  ${exitCodes.done}    done
  ${exitCodes.failed}    failed
  ${exitCodes.input}    something in your input is wrong; the message says what and where
  ${exitCodes.cancelled}  cancelled by Ctrl-C

Environment:
  FLATRENDER_HOME                     folder of cache and crash records (default .flatrender)
  FLATRENDER_WORKERS                  worker processes (default: one a core)
  FLATRENDER_WORKER_MEMORY_GIGABYTES  memory that a worker may take (default 3)
  FLATRENDER_WORKER_SILENCE_SECONDS   seconds without a frame until a worker counts as stuck (default 120)
  FLATRENDER_CACHE_GIGABYTES          size of the segment cache (default 10)
  FLATRENDER_NODE_TOKEN               one-time token with which node start enrols
  FLATRENDER_API_KEY                  API key, by which node replay asks for a crash record
  FLATRENDER_DATABASE_URL             the owner's address of the database (default: one that comes along)
  FLATRENDER_SECRET_KEY               32 bytes in base64 (default: made once, in .flatrender/secret.key)
  FLATRENDER_FORMER_SECRET_KEYS       keys before it, while rotate-key has not sealed everything anew`,
    )
  for (const add of [
    addRenderCommand,
    addSnapshotCommand,
    addBatchCommand,
    addTemplateCommands,
    addDoctorCommand,
    addNodeCommands,
    addInitDbCommand,
    addJobsCommands,
    addBackupCommand,
    addRestoreCommand,
    addRotateKeyCommand,
  ]) {
    add(program, session)
  }
  return program
}
