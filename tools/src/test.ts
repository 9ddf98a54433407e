import { runInherited } from './process/run-inherited.ts'
import { listWorkspaces } from './repository/list-workspaces.ts'
import { repositoryRoot } from './repository/repository-root.ts'
import { isTest } from './repository/source-file.ts'
import { walkFiles } from './repository/walk-files.ts'
import { chooseTests } from './testing/choose-tests.ts'

// `npm test [-- WORD… --node-option…]`: runs every *.test.ts of the workspaces with Node's own runner.

/** Three files at once: some bring worker processes of their own, as many as there are cores, and many wait for somebody. */
const CONCURRENCY = 3
/** Milliseconds until one test counts as hanging; a whole run is meant to take less. */
const LONGEST_TEST = 10 * 60_000

const all = listWorkspaces(repositoryRoot)
  .flatMap((folder) => walkFiles(repositoryRoot, folder))
  .filter(isTest)
const { files, options } = chooseTests(all, process.argv.slice(2))

if (files.length === 0) {
  console.error('No test file has such a path.')
  process.exitCode = 2
} else {
  const settings = [
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${CONCURRENCY}`,
    `--test-timeout=${LONGEST_TEST}`,
  ]
  // A process whose code comes from Node's cache may hang at its end (nodejs/node#54918); the servers see to that themselves.
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env
  process.exitCode = await runInherited([...settings, ...options, ...files], environment)
}
