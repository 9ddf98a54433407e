import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRuns } from './plan-runs.ts'

const file = (path: string, text = '') => ({ path, text })

test('pure files of a workspace share a process, those of apps have one each', () => {
  const files = ['apps/cli/src/a.test.ts', 'apps/cli/src/b.test.ts', 'contracts/src/c.test.ts']
  const { rest } = planRuns([...files, 'contracts/src/d.test.ts'].map((path) => file(path)))
  assert.deepEqual(
    rest.map(({ name, files }) => [name, files.length]),
    [
      ['apps/cli/src/a.test.ts', 1],
      ['apps/cli/src/b.test.ts', 1],
      ['contracts', 2],
    ],
  )
})

test('a test that looks at its own process has one to itself', () => {
  const own = file('platform/src/a.test.ts', 'const before = process.memoryUsage().rss')
  const changed = file('platform/src/b.test.ts', "process.env.SVT_LOG = '0'")
  const asked = file('platform/src/c.test.ts', 'const { PATH } = process.env')
  const { rest } = planRuns([own, changed, asked])
  assert.deepEqual(rest.map(({ files }) => files).toSorted(), [[own.path], [changed.path], [asked.path]])
  assert.deepEqual(rest.map(({ name }) => name).toSorted(), ['platform', own.path, changed.path].toSorted())
})

test('what renders on a whole installation, or kills its processes, runs one at a time', () => {
  const killed = file('apps/server/src/a.test.ts', 'await killHard(server)')
  const quiet = file('apps/server/src/b.test.ts', 'await server.stop()')
  const { busy, rest } = planRuns([quiet, killed])
  assert.deepEqual(
    [busy.map(({ name }) => name), rest.map(({ name }) => name)],
    [[killed.path], [quiet.path]],
  )
})

test('every file is run once', () => {
  const files = ['tools/src/a.test.ts', 'engine/scene/src/b.test.ts', 'bench/src/c.test.ts'].map((path) =>
    file(path),
  )
  const { busy, rest } = planRuns(files)
  assert.deepEqual(
    [...busy, ...rest].flatMap(({ files }) => files).toSorted(),
    files.map(({ path }) => path).toSorted(),
  )
})
