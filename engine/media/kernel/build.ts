import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// Compiles the kernel; with `--check` only compares it with the committed file and exits with 1 on drift.

const source = fileURLToPath(new URL('./convert-pixels.ts', import.meta.url))
const committed = fileURLToPath(new URL('./convert-pixels.wasm', import.meta.url))
const packageFile = createRequire(import.meta.url).resolve('assemblyscript/package.json')
const compiler = path.join(path.dirname(packageFile), 'bin', 'asc.js')

const folder = mkdtempSync(path.join(tmpdir(), 'flatrender-kernel-'))
try {
  const outFile = path.join(folder, 'kernel.wasm')
  const options = [
    '-O3',
    '--converge',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--noAssert',
    '--importMemory',
  ]
  execFileSync(process.execPath, [compiler, source, '--outFile', outFile, ...options], { stdio: 'inherit' })
  const built = readFileSync(outFile)
  if (!process.argv.includes('--check')) writeFileSync(committed, built)
  else if (!built.equals(readFileSync(committed))) {
    console.error(
      'engine/media/kernel/convert-pixels.wasm is not what its source compiles to; run npm run kernel',
    )
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
