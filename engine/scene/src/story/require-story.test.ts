import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, tinyFiles, tinyManifest, tinyScene } from '../fixtures/tiny-template.ts'
import { openTemplate } from '../package/open-template.ts'
import { requireStory } from './require-story.ts'

const slots = { title: { type: 'text', maxCharacters: 5 }, count: { type: 'number', max: 3 } }
const { manifest } = openTemplate(tinyFiles(tinyManifest({ scenes: [tinyScene({ slots })] })), 'tiny')
const codes = (...given: [modifications: unknown, values?: Record<string, string>]) =>
  codesOf(() => requireStory(manifest, ...given))

test('values that have no place hide none that are wrong where they stand', () => {
  assert.deepEqual(codes({ titel: 'x', title: 'much too long', 'main.cuont': 1, count: 7 }), [
    'SLOT_UNKNOWN',
    'SLOT_UNKNOWN',
    'SLOT_TEXT_TOO_LONG',
    'SLOT_VALUE_INVALID',
  ])
  assert.deepEqual(codes({ titel: 'x', count: 7 }, { 'outro.title': 'x', title: 'much too long' }), [
    'SLOT_UNKNOWN',
    'SCENE_UNKNOWN',
    'SLOT_VALUE_INVALID',
    'SLOT_TEXT_TOO_LONG',
  ])
})

test('a palette is told all that it lacks, with what is wrong in the scenes', () => {
  const palette = { name: 'none', colors: { nobody: '#000', nothing: '#000' } }
  assert.deepEqual(
    codes({ scenes: [{ scene: 'main', modifications: { title: 'much too long' } }], palette }),
    ['SLOT_TEXT_TOO_LONG', 'PALETTE_UNKNOWN', 'PALETTE_ROLE_UNKNOWN', 'PALETTE_ROLE_UNKNOWN'],
  )
})

test('of the wrong shape all are named, and nothing else', () => {
  assert.deepEqual(codes({ title: null, count: [], titel: 'x' }), ['DATA_INVALID', 'DATA_INVALID'])
})
