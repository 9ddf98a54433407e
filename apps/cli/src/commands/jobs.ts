import { FlatRenderError } from '@flatrender/contracts/errors'
import { changeUrl, deriveLogins } from '@flatrender/database'
import { type DeadJobs, openDeadJobs } from '@flatrender/platform/events'
import { openOwner } from '@flatrender/platform/postgres'
import { openSecretKeys } from '@flatrender/platform/secrets'
import type { Command } from 'commander'
import type { Session } from '../session.ts'

/** So many are listed, and replayed by `--all`, at once. */
const MOST = 1000

const ROLE = 'flatrender_worker'

/** `flatrender jobs …`: what background work was given up, and trying it again. */
export function addJobsCommands(program: Command, session: Session): void {
  const jobs = program
    .command('jobs')
    .description('Background work of the server that failed so often that it is no longer tried.')
    .helpCommand(false)
  jobs
    .command('list')
    .description('List dead jobs, the oldest first: id, task, attempts, and what the last one failed with.')
    .option('--json', 'one JSON object a line, with the whole error')
    .addHelpText('after', '\nExample:\n  flatrender jobs list')
    .action((options: { readonly json?: boolean }) => runList(options, session))
  jobs
    .command('replay')
    .description('Try dead jobs again, from their first attempt on; those that run take them off the queue.')
    .argument('[ids...]', 'as `jobs list` shows them')
    .option('--all', `all that are dead, the oldest ${MOST} at once`)
    .addHelpText('after', '\nExamples:\n  flatrender jobs replay 4711\n  flatrender jobs replay --all')
    .action((ids: string[], options: { readonly all?: boolean }) => runReplay(ids, options, session))
}

async function runList({ json = false }: { readonly json?: boolean }, session: Session): Promise<void> {
  const { console } = session
  const found = await withDeadJobs(session, (dead) => dead.list(MOST))
  for (const { id, task, attempts, error, createdAt } of found) {
    // What it was given is for nobody to read: it may be sealed, and names people.
    if (json) console.print(JSON.stringify({ id, task, attempts, error, createdAt }))
    else console.print(`${id}  ${task}  ${attempts} attempts  ${firstLine(error)}`)
  }
  console.note(found.length === 0 ? 'no job is dead' : `${found.length} jobs are dead`)
}

async function runReplay(
  ids: readonly string[],
  { all = false }: { readonly all?: boolean },
  session: Session,
): Promise<void> {
  const wrong = ids.find((id) => !/^\d{1,18}$/.test(id))
  if (wrong !== undefined) throw refusal(`“${wrong}” is no id of a job`)
  if (all === ids.length > 0) throw refusal('name the jobs that are meant, or all of them by --all')
  const replayed = await withDeadJobs(session, async (dead) => {
    const meant = all ? (await dead.list(MOST)).map(({ id }) => id) : ids
    return dead.replay(meant)
  })
  for (const id of replayed) session.console.print(id)
  session.console.note(`${replayed.length} jobs are tried again`)
}

async function withDeadJobs<Result>(
  { settings, signal }: Session,
  work: (dead: DeadJobs) => Promise<Result>,
): Promise<Result> {
  const { home, databaseUrl } = settings
  const logins = deriveLogins(await openSecretKeys(home, settings.secretKeys))
  const owner = await openOwner({ home, databaseUrl, signal, ...logins })
  try {
    const url = changeUrl(owner.ownerUrl, { user: ROLE, password: logins.passwordOf(ROLE) })
    const dead = await openDeadJobs(url)
    try {
      return await work(dead)
    } finally {
      await dead.close()
    }
  } finally {
    await owner.close()
  }
}

function firstLine(error: string | null): string {
  return error === null ? 'its process was killed' : error.split('\n', 1)[0]!
}

function refusal(reason: string): FlatRenderError {
  return new FlatRenderError('COMMAND_WRONG', { reason })
}
