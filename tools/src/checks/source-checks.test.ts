import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDocblocks } from './docblocks.ts'
import { checkEnvironment } from './environment.ts'
import { checkFileSizes } from './file-sizes.ts'
import { checkFolderNames } from './folder-names.ts'
import { checkPinnedVersions } from './pinned-versions.ts'

const lines = (count: number) => 'x\n'.repeat(count)

test('refuses a file of more than 400 lines, and counts tests out of the measure', () => {
  const verdict = checkFileSizes([
    { path: 'a.ts', text: lines(10) },
    { path: 'b.ts', text: lines(401) },
    { path: 'c.ts', text: 'one line, no line feed' },
    { path: 'c.test.ts', text: lines(300) },
  ])
  assert.deepEqual(verdict.problems, ['b.ts has 401 lines; 400 are the most'])
  assert.match(verdict.notes?.[0] ?? '', /^3 source files: median 10 lines .* p90 401/)
})

test('wants exact versions, aliases too', () => {
  const dependencies = {
    a: '1.2.3',
    b: '^1.2.3',
    c: '~1.0.0',
    d: '*',
    e: 'npm:@x/e@6.0.3',
    f: '2.0.0-alpha.1',
  }
  const found = checkPinnedVersions([{ path: 'package.json', dependencies }]).problems
  assert.deepEqual(
    found.map((problem) => /: (\w) is/.exec(problem)?.[1]),
    ['b', 'c', 'd'],
  )
})

test('refuses folders that could hold anything, once each', () => {
  const paths = ['engine/scene/src/utils/a.ts', 'engine/scene/src/utils/b.ts', 'engine/library/lib.ts']
  assert.deepEqual(checkFolderNames(paths).problems, [
    'engine/scene/src/utils/: name the folder for what it holds',
  ])
})

test('lets apps, tools, bench and tests read the environment', () => {
  const text = 'const home = process.env.HOME\n'
  const paths = ['engine/media/src/a.ts', 'engine/media/src/a.test.ts', 'apps/cli/src/a.ts', 'bench/src/a.ts']
  const found = checkEnvironment(paths.map((path) => ({ path, text }))).problems
  assert.deepEqual(found.length, 1)
  assert.match(found[0] ?? '', /^engine\/media\/src\/a\.ts:1: /)
})

test('asks for a docblock on every exported symbol', () => {
  const text = `/** Documented. */
export const known = 1
export const bare = 2
export type Known = (typeof known)[number]
export type Read = z.infer<typeof schema>
export type Bare = string
/**
 * Overloaded.
 */
export function twice(value: string): string
export function twice(value: number): number
export async function bareToo(): Promise<void> {}
function inner() {}
`
  const found = checkDocblocks([{ path: 'a.ts', text }]).problems
  assert.deepEqual(found, [
    'a.ts:3: const bare has no docblock',
    'a.ts:6: type Bare has no docblock',
    'a.ts:12: function bareToo has no docblock',
  ])
})
