import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  loadTemplate,
  openWorkerPool,
  openWorkspace,
  prepareRender,
  type RenderRequest,
  render,
} from '@flatrender/engine-render'

const ROOT = path.join(import.meta.dirname, '../../../..')
/** Bytes of memory that a worker may take. */
const MEMORY = 2e9

/** What lies over the videos of the free plan. */
const watermark = {
  src: path.join(ROOT, 'services/render/assets/watermark.png'),
  position: 'bottom-right',
  size: 0.28,
  opacity: 0.7,
} as const

/** Where the starter templates and their media are. */
export const TEMPLATES = path.join(ROOT, 'templates')

/** What the engine alone is asked for. */
export type AloneRequest = Pick<RenderRequest, 'values' | 'output' | 'range'> & {
  readonly template: string
  readonly modifications: object
}

/** The engine without a farm. */
export interface EngineAlone {
  /** A video of a starter template, under the free plan's watermark. */
  render(request: AloneRequest): Promise<Buffer>
  close(): Promise<void>
}

/** Opens the engine over a folder, in which relative media begin. */
export async function openEngineAlone(folder: string): Promise<EngineAlone> {
  const workspace = await openWorkspace(path.join(folder, 'workspace'))
  const pool = openWorkerPool({
    workers: 1,
    environment: process.env,
    memoryLimit: MEMORY,
    hangTimeout: 60_000,
    attempts: 1,
    onCrash: async () => 'none',
  })
  return {
    async render({ template, modifications, ...request }) {
      const prepared = await prepareRender(
        {
          ...request,
          template: await loadTemplate(path.join(TEMPLATES, template)),
          modifications: { ...modifications, watermark },
          mediaFolder: folder,
        },
        { workspace, pool },
      )
      const output = path.join(folder, 'own.mp4')
      await render(prepared, {
        workspace,
        pool,
        workers: 1,
        cacheLimit: 1e9,
        output,
        verify: 'key',
        digest: false,
        signal: new AbortController().signal,
        onProgress: () => {},
      })
      return readFile(output)
    },
    close: () => pool.close(),
  }
}

/** One video of a starter template, as the engine alone makes it, under the free plan's watermark. */
export async function renderAlone(folder: string, request: AloneRequest): Promise<Buffer> {
  const engine = await openEngineAlone(folder)
  try {
    return await engine.render(request)
  } finally {
    await engine.close()
  }
}
