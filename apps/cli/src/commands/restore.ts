import { stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  checkBackup,
  deriveLogins,
  isUntouched,
  nameDatabase,
  prepareDatabase,
  restoreDatabase,
} from '@flatrender/database'
import { openOwner } from '@flatrender/platform/postgres'
import { findSecretKeys, nameKey, openSecretKeys } from '@flatrender/platform/secrets'
import type { Command } from 'commander'
import type { Session } from '../session.ts'
import { openStoredFiles } from '../stored-files.ts'

/** What no secret key is named. */
const NO_KEY = ''

interface RestoreCommandOptions {
  readonly yes?: boolean
  readonly otherKey?: boolean
}

/** `flatrender restore FILE`: replaces all rows of the database by those of a backup, and stores its files. */
export function addRestoreCommand(program: Command, session: Session): void {
  program
    .command('restore')
    .description(
      'Replace all that is in the database by a backup, wholly or not at all, and store its files.',
    )
    .argument('<file>', 'what `flatrender backup` wrote')
    .option('--yes', 'don’t ask, though the database isn’t empty')
    .option('--other-key', 'take a backup of another secret key; what is sealed in it stays unreadable')
    .addHelpText(
      'after',
      `
Stop the services first. The database is made if there is none; the file is read to its end before anything changes. Stored
files that aren't in the backup stay where they are.

Examples:
  flatrender restore flatrender.backup
  FLATRENDER_SECRET_KEY="$(cat old.key)" flatrender restore flatrender.backup --yes`,
    )
    .action((file: string, options: RestoreCommandOptions) => runRestore(file, options, session))
}

async function runRestore(
  name: string,
  options: RestoreCommandOptions,
  { console, settings, signal }: Session,
): Promise<void> {
  const { home, databaseUrl } = settings
  const known = await findSecretKeys(home, settings.secretKeys)
  const file = path.resolve(name)
  const otherKey = options.otherKey === true
  const keyId = known === undefined ? NO_KEY : nameKey(known.present)
  const summary = await checkBackup({ file, keyId, otherKey, signal })
  // A key that was made before would be in the way of the right one.
  const keys = known ?? (await openSecretKeys(home, settings.secretKeys))
  const secretKey = keys.present
  const storage = await openStoredFiles(settings, keys)
  const stack = new AsyncDisposableStack()
  stack.defer(() => storage.close())
  try {
    const owner = await openOwner({ home, databaseUrl, signal, ...deriveLogins(keys) })
    stack.defer(() => owner.close())
    const { ownerUrl, embedded } = owner
    await prepareDatabase({
      ownerUrl,
      secretKey,
      formerKeys: keys.former,
      signal,
      onStep: (step) => console.note(step),
    })
    const database = nameDatabase(ownerUrl)
    if (!(await isUntouched(ownerUrl, signal)) && options.yes !== true) await confirm(database, console)
    await restoreDatabase({
      ownerUrl,
      file,
      summary,
      signal,
      putFile: async ({ key, contentType }, content) => {
        await storage.put(key, content, { contentType, signal })
      },
      onPart: (part) => console.status(part),
    })
    console.note(`${database} is as it was at ${summary.head.takenAt}`)
    if (embedded && !(await hasKeyFile(home)))
      console.note(
        `the secret key is in FLATRENDER_SECRET_KEY alone: start with it, or put it into ${path.join(home, 'secret.key')}`,
      )
  } finally {
    console.status('')
    await stack.disposeAsync()
  }
}

/** A key from the environment is written nowhere: whoever gives it may want it off this disk. */
async function hasKeyFile(home: string): Promise<boolean> {
  return (await stat(path.join(home, 'secret.key')).catch(() => undefined)) !== undefined
}

/** Goes on once the database's name was typed. Errors: COMMAND_WRONG when it wasn't, or nobody is there to ask. */
async function confirm(database: string, console: Session['console']): Promise<void> {
  const answer = await console.ask(`This replaces all that is in ${database}. Type its name to go on: `)
  if (answer === undefined)
    throw refusal(`${database} is not empty, and nobody is here to confirm; add --yes`)
  if (answer.trim() !== database) throw refusal('the name was not typed, so nothing was changed')
}

function refusal(reason: string): FlatRenderError {
  return new FlatRenderError('COMMAND_WRONG', { reason })
}
