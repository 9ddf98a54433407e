import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * Package → its folders whose code decides a bit: all of the media engine, what workers of ours do, and what that takes
 * from the scene engine to know which video frames show. Compiling isn't among them: its result is in the key.
 */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'engine-media': ['src', 'kernel'],
  'engine-render': ['src/paint', 'src/work'],
  'engine-scene': ['src/compile', 'src/lottie', 'src/measure'],
}
const LIBRARIES = ['@napi-rs/canvas', 'node-av', 'sharp'] as const
/** Tests decide nothing. */
const LEFT_OUT = /\.test\.ts$/

/** What turns a request into compiled scenes, beside that: its hash is in no segment key, but in a still's request. */
const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  'engine-scene': ['src'],
  'engine-fonts': ['src'],
}

let engine: string | undefined
let compiler: string | undefined

/**
 * Names all code that decides a bit of a segment: our painting and encoding sources, the versions of the
 * libraries that they use, and the processor's architecture. Part of every segment key.
 */
export function engineBuild(): string {
  const require = createRequire(import.meta.url)
  engine ??= [
    hashSources(require, SOURCES),
    ...LIBRARIES.map((name) => `${name}@${versionOf(require, name)}`),
    process.arch,
  ].join(' ')
  return engine
}

/** Names the code that compiles scenes; with `engineBuild`, all that lies between a request and its picture. */
export function compilerBuild(): string {
  compiler ??= hashSources(createRequire(import.meta.url), COMPILERS)
  return compiler
}

function hashSources(require: NodeJS.Require, sources: Readonly<Record<string, readonly string[]>>): string {
  const hash = createHash('sha256')
  for (const [name, folders] of Object.entries(sources)) {
    const root = path.dirname(path.dirname(require.resolve(`@flatrender/${name}`)))
    for (const file of folders.flatMap((folder) => listFiles(path.join(root, folder)))) {
      hash.update(path.relative(root, file)).update(readFileSync(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
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
