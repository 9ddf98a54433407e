#!/usr/bin/env node
// Plain JavaScript, because this much has to work in the Node that a machine happens to have: it hands over to the
// Node 24 that npm brought. npm 10 does not put that one on the path of npx, so it is looked for.
import { spawn } from 'node:child_process'
import module, { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// What was compiled once is taken from here, by its workers too: most of a short command's time is that.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../../../node_modules/.cache/compiled', import.meta.url),
)

const [major = 0] = process.versions.node.split('.').map(Number)
const brought = major < 24 ? findBroughtNode() : undefined

if (major >= 24) {
  module.enableCompileCache()
  const { main } = await import('../src/main.ts')
  await main(process.argv)
} else if (brought !== undefined) {
  const child = spawn(brought, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // A terminal's Ctrl-C reaches the child as well, a kill does not; it decides when all is tidied up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal !== null) process.stderr.write(`ended by ${signal}\n`)
    process.exitCode = code ?? 1
  })
} else {
  process.stderr.write(`flatrender needs Node 24 and this is Node ${process.versions.node}; install that.\n`)
  process.exitCode = 1
}

function findBroughtNode() {
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${windows ? 'node.exe' : 'node'}`)
  } catch {
    return undefined
  }
}
