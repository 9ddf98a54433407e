import { FlatRenderError } from '@flatrender/contracts/errors'
import { deriveLogins, dropDatabase, nameDatabase, prepareDatabase, printRoles } from '@flatrender/database'
import { openOwner } from '@flatrender/platform/postgres'
import { openSecretKeys } from '@flatrender/platform/secrets'
import type { Command } from 'commander'
import type { Session } from '../session.ts'

interface InitDbOptions {
  readonly reset?: boolean
  readonly yes?: boolean
  readonly printRoles?: boolean
  readonly takeRoles?: boolean
}

/** `flatrender init-db`: makes the database, its roles and schemas, and what must be in it. */
export function addInitDbCommand(program: Command, session: Session): void {
  program
    .command('init-db')
    .description('Make the database ready: roles, schemas, migrations, first rows. Twice changes nothing.')
    .option('--reset', 'delete the database first, with all that is in it; asks before')
    .option('--yes', 'don’t ask')
    .option('--take-roles', 'give the roles this key’s passwords, though other databases here use them')
    .option('--print-roles', 'print the SQL of the roles, for an administrator, and do nothing')
    .addHelpText(
      'after',
      `
Without FLATRENDER_DATABASE_URL it is the PostgreSQL that comes along, in .flatrender/postgres.

Examples:
  flatrender init-db
  FLATRENDER_DATABASE_URL=postgres://me@db.example/flatrender flatrender init-db
  flatrender init-db --print-roles | psql postgres://admin@db.example/postgres`,
    )
    .action((options: InitDbOptions) => runInitDb(options, session))
}

async function runInitDb(options: InitDbOptions, { console, settings, signal }: Session): Promise<void> {
  const { home, databaseUrl } = settings
  const keys = await openSecretKeys(home, settings.secretKeys)
  const secretKey = keys.present
  if (options.printRoles) return console.print(printRoles(secretKey).trimEnd())
  const { ownerUrl, close } = await openOwner({ home, databaseUrl, signal, ...deriveLogins(keys) })
  try {
    if (options.reset) await reset(ownerUrl, options.yes === true, console)
    const run = await prepareDatabase({
      ownerUrl,
      secretKey,
      formerKeys: keys.former,
      takeRoles: options.takeRoles === true,
      signal,
      onStep: (step) => console.note(step),
    })
    const name = nameDatabase(ownerUrl)
    console.note(run.length === 0 ? `${name} is ready as it was` : `${name} is ready`)
  } finally {
    await close()
  }
}

/** Deletes the database once its name was typed. Errors: COMMAND_WRONG when it wasn't, or nobody is there to ask. */
async function reset(ownerUrl: string, sure: boolean, console: Session['console']): Promise<void> {
  const name = nameDatabase(ownerUrl)
  if (!sure) {
    const answer = await console.ask(`This deletes all that is in ${name}. Type its name to go on: `)
    if (answer === undefined) throw refusal('nobody is here to confirm --reset; add --yes')
    if (answer.trim() !== name) throw refusal('the name was not typed, so nothing was deleted')
  }
  await dropDatabase(ownerUrl)
  console.note(`${name} is deleted`)
}

function refusal(reason: string): FlatRenderError {
  return new FlatRenderError('COMMAND_WRONG', { reason })
}
