import { copyFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'

const PAGE = '<!doctype html><meta charset="utf-8"><title>FlatRender</title>'
const SCRIPTS = '<script src="canvaskit.js"></script><script type="module" src="page.js"></script>'

/** The document that loads CanvasKit and our page. */
export const pageHtml = `${PAGE}${SCRIPTS}`

/**
 * Bundles engine/scene and what our page does with it into one module, as a web application would, and lays it into
 * `folder` with the WebAssembly of HarfBuzz and CanvasKit.
 */
export async function bundlePage(folder: string): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'page', 'page.ts')],
    outfile: path.join(folder, 'page.js'),
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'esnext',
    logLevel: 'error',
    // HarfBuzz asks for these in Node alone.
    external: ['module', 'fs', 'path', 'url'],
  })
  const { resolve } = createRequire(import.meta.url)
  const canvasKit = path.dirname(resolve('canvaskit-wasm/full'))
  const copies = {
    'harfbuzz.wasm': resolve('harfbuzzjs/dist/harfbuzz.wasm'),
    'canvaskit.js': path.join(canvasKit, 'canvaskit.js'),
    'canvaskit.wasm': path.join(canvasKit, 'canvaskit.wasm'),
  }
  for (const [name, source] of Object.entries(copies)) await copyFile(source, path.join(folder, name))
}
