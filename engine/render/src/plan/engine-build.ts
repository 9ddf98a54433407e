import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const SOURCES = ['engine-media', 'engine-render'] as const
/** What is beside the bits: tests, and what only arranges the work. */
const LEFT_OUT = /\.test\.ts$/

let cached: string | undefined

/**
 * Names all code that decides a bit of a segment: our painting and encoding sources, the versions of Skia and FFmpeg
 * that they use, and the processor's architecture. Part of every segment key.
 */
export function engineBuild(): string {
  cached ??= computeBuild()
  return cached
}

function computeBuild(): string {
  const require = createRequire(import.meta.url)
  const hash = createHash('sha256')
  for (const name of SOURCES) {
    const door = require.resolve(`@flatrender/${name}`)
    const folder =
      name === 'engine-media' ? path.dirname(path.dirname(door)) : path.join(path.dirname(door), 'paint')
    for (const file of listFiles(folder)) hash.update(path.relative(folder, file)).update(readFileSync(file))
  }
  const versions = ['@napi-rs/canvas', 'node-av'].map((name) => `${name}@${versionOf(require, name)}`)
  return [hash.digest('hex').slice(0, 16), ...versions, process.arch].join(' ')
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|wasm)$/.test(entry.name) && !LEFT_OUT.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'))
    .sort()
}

function versionOf(require: NodeJS.Require, name: string): string {
  const door = require.resolve(name)
  const root = door.slice(0, door.lastIndexOf(path.join('node_modules', ...name.split('/'))))
  const manifest = path.join(root, 'node_modules', ...name.split('/'), 'package.json')
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
