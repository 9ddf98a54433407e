import { readFileSync } from 'node:fs'
import path from 'node:path'
import { holdOutput } from './process/hold-output.ts'
import { type RunOptions, runInherited } from './process/run-inherited.ts'
import { listWorkspaces } from './repository/list-workspaces.ts'
import { repositoryRoot } from './repository/repository-root.ts'
import { isTest } from './repository/source-file.ts'
import { walkFiles } from './repository/walk-files.ts'
import { chooseTests } from './testing/choose-tests.ts'
import { planRuns, type TestProcess } from './testing/plan-runs.ts'
import { openEntries } from './testing/write-entries.ts'

// `npm test [-- WORD… --node-option…]`: runs every *.test.ts of the workspaces with Node's own runner.

/** Processes at once: some bring worker processes of their own, as many as there are cores, and many wait for somebody. */
const AT_ONCE = { busy: 1, rest: 2 }
/** Milliseconds until one test counts as hanging; a whole run is meant to take less. */
const LONGEST_TEST = 10 * 60_000

const all = listWorkspaces(repositoryRoot)
  .flatMap((folder) => walkFiles(repositoryRoot, folder))
  .filter(isTest)
const { files, options } = chooseTests(all, process.argv.slice(2))
// A process whose code comes from Node's cache may hang at its end (nodejs/node#54918); the servers see to that themselves.
const { NODE_COMPILE_CACHE: _, ...environment } = process.env

if (files.length === 0) {
  console.error('No test file has such a path.')
  process.exitCode = 2
} else process.exitCode = await runAll()

/** The rest runs before our eyes; of the busy ones is told what was held back once it is through. */
async function runAll(): Promise<number> {
  const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8')
  const { busy, rest } = planRuns(files.map((file) => ({ path: file, text: read(file) })))
  const entries = await openEntries()
  const run = async (processes: readonly TestProcess[], atOnce: number, more: RunOptions = {}) => {
    if (processes.length === 0) return 0
    const settings = [
      '--test',
      '--test-reporter=spec',
      `--test-concurrency=${atOnce}`,
      `--test-timeout=${LONGEST_TEST}`,
    ]
    const paths = await entries.of(processes)
    return runInherited([...settings, ...options, ...paths], { environment, ...more })
  }
  try {
    if (rest.length === 0) return await run(busy, AT_ONCE.busy)
    const { output, release } = holdOutput()
    const beside = run(busy, AT_ONCE.busy, { output })
    const code = await run(rest, AT_ONCE.rest)
    release()
    const other = await beside
    if (code !== 0 && busy.length > 0) console.error('✖ failing tests are above the busy ones too')
    return Math.max(code, other)
  } finally {
    await entries.close()
  }
}
