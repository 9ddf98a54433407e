import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlainName } from './plain-name.ts'

test('a mail says names, and no links, hosts or mailboxes', () => {
  for (const name of ['Sara', 'J.R.R. Tolkien', 'Dr. Omid', 'O’Brien', 'سارا احمدی', 'می‌خواهم', 'Studio 24'])
    assert.ok(isPlainName(name), name)
  for (const name of [
    '',
    ' ',
    'FlatRender Security https://evil.example/login',
    'evil.example',
    'Go to EVIL.EXAMPLE now',
    'www.evil',
    'me@evil.example',
    'evil．example',
    'evil。example',
    'https：//evil',
    'پایگاه.ایران',
    '1.2.3.4/login',
  ])
    assert.ok(!isPlainName(name), name)
})
