import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { errorDefinitions } from './error-definitions.ts'
import { FlatRenderError, isFlatRenderError } from './flatrender-error.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const definitions = Object.entries(errorDefinitions)

const placeholdersOf = (text: string): string[] =>
  [...text.replace(/\[[^\]]*\]/g, '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

test('every code says what happened, where, and what to do about it', () => {
  for (const [code, { sentence, remedy, status }] of definitions) {
    assert.match(code, /^[A-Z]+(_[A-Z]+)+$/)
    assert.match(sentence, /^\S.*\.$/, code)
    assert.match(remedy, /^\S.*\.$/, code)
    assert.ok(status >= 400 && status < 600, code)
  }
})

test('what both the API and the command line refuse says to callers of either what to do', () => {
  for (const code of ['OUTPUT_SETTINGS_INVALID', 'DATA_INVALID'] as const) {
    const { remedy } = errorDefinitions[code]
    assert.match(remedy, /`flatrender [^`]+`/, code)
    assert.match(remedy, /`(GET|POST) \/[^`]+`/, code)
  }
})

test('whoever names a file that is not there hears how files are named, over HTTP and on the command line', () => {
  const { remedy } = errorDefinitions.MEDIA_NOT_FOUND
  for (const word of ['`file:`', 'https', '`package:`', '--set']) assert.ok(remedy.includes(word), word)
})

test('how many workers died reads right with every number', () => {
  const data = {
    from: 0,
    to: 74,
    piece: 'card',
    work: 'mixing the sound',
    reason: 'signal SIGSEGV',
    record: 'r',
  }
  for (const code of ['WORKER_CRASHED', 'WORK_CRASHED'] as const)
    for (const attempts of [1, 3])
      assert.match(
        new FlatRenderError(code, { ...data, attempts }).message,
        new RegExp(`; workers that died of it: ${attempts}, the last by signal SIGSEGV\\.$`),
      )
})

test('bad input has a code for each kind', () => {
  for (const code of [
    'TEMPLATE_UNREADABLE',
    'TEMPLATE_TOO_LARGE',
    'TEMPLATE_PATH_UNSAFE',
    'TEMPLATE_VERSION_UNKNOWN',
    'SLOT_UNKNOWN',
    'SCENE_UNKNOWN',
    'SLOT_VALUE_INVALID',
    'SLOT_TEXT_TOO_LONG',
    'MEDIA_NOT_FOUND',
    'MEDIA_UNREADABLE',
    'MEDIA_WITHOUT_FRAMES',
    'MEDIA_TOO_LARGE',
    'DURATION_OUT_OF_RANGE',
    'STORY_TOO_LONG',
    'DATA_INVALID',
    'OUTPUT_DISK_FULL',
    'OUTPUT_FOLDER_MISSING',
    'TEMPLATE_REFERENCE_OUTSIDE',
  ])
    assert.ok(code in errorDefinitions, code)
})

test('an error fills its sentence and its remedy, joins lists, and is known by its code', () => {
  const error = new FlatRenderError('SCENE_UNKNOWN', {
    scene: '$& {path}',
    path: 'scenes.0',
    known: ['a', 'b'],
  })
  assert.equal(error.message, 'The template has no scene “$& {path}” (at scenes.0).')
  assert.equal(error.remedy, 'Use one of: a, b.')
  assert.ok(isFlatRenderError(error, 'SLOT_UNKNOWN', 'SCENE_UNKNOWN'))
  assert.ok(!isFlatRenderError(error, 'SLOT_UNKNOWN') && !isFlatRenderError(new Error('x')))
  const place = 'slot “logo” of scene “intro”'
  const gone = { address: 'https://a.example', status: 404 }
  const end = 'https://a.example gives no file: it answers with 404'
  assert.equal(new FlatRenderError('DOWNLOAD_MISSING', gone).message, `${end}.`)
  assert.equal(new FlatRenderError('DOWNLOAD_MISSING', { ...gone, place }).message, `${end} (${place}).`)
})

// A thrower that forgets a value would show `{value}` to a person: read every `new FlatRenderError('CODE', { … })`.
test('whoever throws gives all that sentence and remedy ask for', async () => {
  const sites: { code: string; keys: Set<string> | undefined; where: string }[] = []
  for await (const file of glob('{contracts,engine,apps}/**/src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts') || file.includes('node_modules')) continue
    sites.push(...readThrowers(readFileSync(path.join(root, file), 'utf8'), file))
  }
  assert.ok(sites.length > 60, `${sites.length} throwers were found`)
  for (const { code, keys, where } of sites) {
    const definition = definitions.find(([known]) => known === code)?.[1]
    assert.ok(definition, `${where}: ${code} is not defined`)
    if (keys === undefined) continue
    const lacking = placeholdersOf(`${definition.sentence} ${definition.remedy}`).filter(
      (name) => !keys.has(name),
    )
    assert.deepEqual(lacking, [], `${where}: ${code} lacks ${lacking}`)
  }
})

/** Throwers and findings with their data's keys; undefined where data is spread or comes from elsewhere. */
function readThrowers(source: string, file: string) {
  return [...source.matchAll(/(?:new FlatRenderError|createFinding)\(\s*'([A-Z_]+)'/g)].map((match) => {
    const where = `${file}:${source.slice(0, match.index).split('\n').length}`
    const rest = argumentsFrom(source, match.index + match[0].length)
    const object = /^,\s*(?:'(?:error|warning)',\s*)?\{([\s\S]*)$/.exec(rest)?.[1]
    const isWhole = object !== undefined || rest === ''
    const keys = isWhole && !/\.\.\./.test(object ?? '') ? new Set(keysOf(object ?? '')) : undefined
    return { code: match[1]!, keys, where }
  })
}

/** The text from here to the parenthesis that closes the call. */
function argumentsFrom(source: string, start: number): string {
  let depth = 1
  for (let at = start; at < source.length; at++) {
    if ('({['.includes(source[at]!)) depth++
    if (')}]'.includes(source[at]!) && --depth === 0) return source.slice(start, at).replace(/,\s*$/, '')
  }
  return ''
}

/** Names before a colon, a comma or the end at the object's own level. */
function keysOf(object: string): string[] {
  let flat = object
  for (let before = ''; before !== flat; ) {
    before = flat
    flat = flat.replace(/\([^(){}[\]]*\)|\[[^(){}[\]]*\]|\{[^(){}[\]]*\}|`[^`]*`|'[^']*'/g, '_')
  }
  const own = flat.includes('}') ? flat.slice(0, flat.indexOf('}')) : flat
  return own.split(',').map((part) => /^\s*(\w+)/.exec(part)?.[1] ?? '')
}
