// Runs a TypeScript file of the repository with the Node that npm brought: `node tools/bin/with-node.mjs FILE …`.
// Plain JavaScript, because this much has to work in the Node that a machine happens to have.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [file = '', ...rest] = process.argv.slice(2)
const { platform, arch } = process
// npm links it as `node` on the path too, but npm 10 takes that link away again with the other platforms' packages.
const brought = fileURLToPath(
  new URL(
    `../../node_modules/node-${platform === 'win32' ? 'win' : platform}-${arch}/bin/${platform === 'win32' ? 'node.exe' : 'node'}`,
    import.meta.url,
  ),
)

// What was compiled once is taken from here by this process and all that it starts: half of a short one's time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../../node_modules/.cache/compiled', import.meta.url),
)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache()
  process.argv.splice(1, process.argv.length, file, ...rest)
  await import(pathToFileURL(file).href)
} else if (existsSync(brought)) {
  const child = spawn(brought, [file, ...rest], { stdio: 'inherit' })
  // A terminal's Ctrl-C reaches the child as well, a kill does not; it decides when all is tidied up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal !== null) process.stderr.write(`ended by ${signal}\n`)
    process.exitCode = code ?? 1
  })
} else {
  console.error(
    `This needs Node 24 or later and found ${process.versions.node}; run \`npm ci\`, which brings it along for Linux and Windows.`,
  )
  process.exitCode = 1
}
