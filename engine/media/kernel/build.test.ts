import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('the committed kernel is what its source compiles to', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('./build.ts', import.meta.url)), '--check'], {
    stdio: 'pipe',
  })
})
