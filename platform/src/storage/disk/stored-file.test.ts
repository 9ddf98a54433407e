import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestStorage } from '../testbed/open-both.ts'

test('what is known of a file is read back, however little its bytes are and however long that is', async () => {
  const { storage, close } = await openTestStorage('disk')
  try {
    for (const contentType of ['a/b', `text/plain; words="${'a'.repeat(400)}"`])
      for (const content of ['', 'a', 'b'.repeat(1000)]) {
        const { sha256 } = await storage.put('file', Buffer.from(content), { contentType })
        const found = await storage.head('file')
        assert.deepEqual(
          [found?.contentType, found?.bytes, found?.sha256],
          [contentType, content.length, sha256],
        )
      }
  } finally {
    await close()
  }
})
