import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  codesOf,
  problemsOf,
  tinyFiles,
  tinyManifest,
  tinyScene,
  toBytes,
} from '../fixtures/tiny-template.ts'
import { openTemplate } from './open-template.ts'

const open = (manifest: object) => () => openTemplate(tinyFiles(manifest), 'tiny')

test('a small manifest opens, with every default filled in', () => {
  const { manifest, hash } = openTemplate(tinyFiles(), 'tiny')
  assert.deepEqual([manifest.scenes[0]!.slots, manifest.fonts, manifest.palette.roles], [{}, [], {}])
  assert.match(hash, /^[0-9a-f]{64}$/)
})

test('a package without a manifest is a plain animation', () => {
  assert.deepEqual(
    codesOf(() => openTemplate(new Map([['a/x.json', toBytes('{}')]]), 'x')),
    ['TEMPLATE_MANIFEST_MISSING'],
  )
})

test('the manifest of another version is told from a wrong one', () => {
  assert.match(
    problemsOf(open(tinyManifest({ flatrender: 2 })))[0]!,
    /TEMPLATE_VERSION_UNKNOWN.*version 2.*version 1/,
  )
  assert.deepEqual(codesOf(open(tinyManifest({ flatrender: '1' }))), ['TEMPLATE_VERSION_UNKNOWN'])
  for (const flatrender of [null, true, [], undefined])
    assert.deepEqual(codesOf(open(tinyManifest({ flatrender }))), ['TEMPLATE_MANIFEST_INVALID'])
})

test('wrong JSON and wrong types name the place', () => {
  const broken = new Map([['flatrender.json', toBytes('{"flatrender": 1,')]])
  assert.match(
    problemsOf(() => openTemplate(broken, 'x'))[0]!,
    /TEMPLATE_MANIFEST_INVALID.*wrong at flatrender.json/,
  )
  for (const json of ['null', '[]', '3', '"x"'])
    assert.deepEqual(
      codesOf(() => openTemplate(new Map([['flatrender.json', toBytes(json)]]), 'x')),
      ['TEMPLATE_MANIFEST_INVALID'],
    )
  const wrong: [object, string][] = [
    [{ fps: 0 }, 'fps'],
    [{ fps: 'fast' }, 'fps'],
    [{ fps: '30/0' }, 'fps'],
    [{ formats: {} }, 'formats'],
    [{ formats: { '1:1': { width: 1e9, height: 100 } } }, 'formats.1:1.width'],
    [{ scenes: [] }, 'scenes'],
    [{ scenes: [tinyScene({ id: '__proto__' })] }, 'scenes.0.id'],
    [{ scenes: [tinyScene({ snapshotFrame: -1 })] }, 'scenes.0.snapshotFrame'],
    [{ scenes: [tinyScene(), tinyScene()] }, 'scenes.1.id'],
    [{ scenes: [tinyScene({ duration: { min: 3, max: 2 } })] }, 'scenes.0.duration'],
    [{ scenes: [tinyScene({ slots: { on: { type: 'switch' } } })] }, 'scenes.0.slots.on.type'],
    [{ scenes: [tinyScene({ animations: { '1:1': '../x.json' } })] }, 'scenes.0.animations.1:1'],
    [{ scenes: [tinyScene({ animations: {} })] }, 'scenes.main.animations'],
    [{ presets: [] }, 'presets'],
    [{ defaultTransition: 'swoosh' }, 'defaultTransition'],
    [{ scenes: [tinyScene({ transitions: ['swoosh'] })] }, 'scenes.0.transitions.0'],
    [
      { scenes: [tinyScene({ slots: { x: { type: 'choice', default: 'a', options: {} } } })] },
      'scenes.0.slots.x.default',
    ],
    [{ scenes: [tinyScene({ slots: { x: { type: 'number', min: 2, max: 1 } } })] }, 'scenes.0.slots.x.min'],
    [{ surprise: 1 }, 'the top'],
  ]
  for (const [changes, where] of wrong)
    assert.ok(
      problemsOf(open(tinyManifest(changes)))[0]!.startsWith(
        `TEMPLATE_MANIFEST_INVALID The manifest of “tiny” is wrong at ${where}: `,
      ),
      `${where}: ${problemsOf(open(tinyManifest(changes)))[0]}`,
    )
})

test('every file that the manifest names must be there', () => {
  const named: [object, string][] = [
    [{ scenes: [tinyScene({ animations: { '1:1': 'a/other.json' } })] }, 'a/other.json'],
    [{ scenes: [tinyScene({ cues: [{ frame: 1, file: 'audio/whoosh.wav' }] })] }, 'audio/whoosh.wav'],
    [{ fonts: [{ family: 'X', file: 'fonts/x.woff2', sha256: '0'.repeat(64) }] }, 'fonts/x.woff2'],
    [{ music: { file: 'audio/loop.m4a' } }, 'audio/loop.m4a'],
    [{ samples: { fa: 'data/fa.json' } }, 'data/fa.json'],
  ]
  for (const [changes, path] of named)
    assert.ok(
      problemsOf(open(tinyManifest(changes)))[0]!.includes(
        `TEMPLATE_FILE_MISSING The template “tiny” refers to “${path}”`,
      ),
    )
})

test('a folder may hold names that no package may', () => {
  const files = tinyFiles(undefined, { 'a\\b': new Uint8Array() })
  assert.deepEqual(
    codesOf(() => openTemplate(files, 'x')),
    ['TEMPLATE_PATH_UNSAFE'],
  )
})
