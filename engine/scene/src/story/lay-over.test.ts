import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, tinyFiles, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import { openTemplate } from '../package/open-template.ts'
import { layOver } from './lay-over.ts'

const slots = { title: { type: 'text' }, note: { type: 'text' } }
const { manifest } = openTemplate(
  tinyFiles(
    tinyManifest({
      scenes: [tinyScene({ slots }), tinyScene({ id: 'outro', slots: { title: { type: 'text' } } })],
      presets: [
        { id: 'default', name: { en: 'D' }, story: { scenes: [{ scene: 'main' }, { scene: 'outro' }] } },
      ],
    }),
  ),
  'tiny',
)
const lay = (shared: Record<string, unknown>, own: Record<string, unknown>) => layOver(manifest, shared, own)

test('values are laid over the shared story one by one', () => {
  const shared = {
    language: 'fa',
    scenes: [{ scene: 'outro', modifications: { title: 'Bye' } }, { scene: 'main' }],
  }
  assert.deepEqual(lay(shared, { 'main.title': 'Hi', note: 'x' }), {
    language: 'fa',
    scenes: [
      { scene: 'outro', modifications: { title: 'Bye' } },
      { scene: 'main', modifications: { title: 'Hi', note: 'x' } },
    ],
  })
})

test('one’s own wins, whichever way either is written', () => {
  const titles = (shared: Record<string, unknown>, own: Record<string, unknown>) =>
    (lay(shared, own).scenes as { modifications?: { title?: string } }[]).map(
      ({ modifications }) => modifications?.title,
    )
  assert.deepEqual(titles({ 'main.title': 'a', 'outro.title': 'b' }, { 'outro.title': 'c' }), ['a', 'c'])
  assert.deepEqual(titles({ 'main#1.title': 'a' }, { 'main.title': 'c' }), ['c', undefined])
})

test('fields of the full form stand in the place of the shared ones', () => {
  const shared = { language: 'fa', scenes: [{ scene: 'main' }] }
  assert.deepEqual(lay(shared, { scenes: [{ scene: 'outro' }] }), {
    language: 'fa',
    scenes: [{ scene: 'outro' }],
  })
  assert.deepEqual(lay({ note: 'x' }, { language: 'fa' }), {
    scenes: [
      { scene: 'main', modifications: { note: 'x' } },
      { scene: 'outro', modifications: {} },
    ],
    language: 'fa',
  })
})

test('where one is empty the other stays as it is', () => {
  assert.deepEqual([lay({}, { note: 'x' }), lay({ note: 'y' }, {})], [{ note: 'x' }, { note: 'y' }])
})

test('what cannot be placed is told', () => {
  const codes = (own: Record<string, unknown>) => codesOf(() => lay({ note: 'x' }, own))
  assert.deepEqual([codes({ note: { a: [] } }), codes({ nobody: 'y' })], [['DATA_INVALID'], ['SLOT_UNKNOWN']])
})
