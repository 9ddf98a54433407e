import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  loadTemplate,
  openWorkerPool,
  openWorkspace,
  prepareRender,
  recordCrash,
  render,
} from '@flatrender/engine-render'
import type { Wish } from './customers.ts'

/** The engine alone, without a farm: what it makes is what is right. */
export interface Reference {
  /** SHA-256 of the file that this wish gives, hexadecimal. */
  hashOf(wish: Wish): Promise<string>
  close(): Promise<void>
}

/** As it lies over what tenants render whose plan has a watermark. */
const watermark = {
  src: path.join(import.meta.dirname, '../../../../../services/render/assets/watermark.png'),
  position: 'bottom-right',
  size: 0.28,
  opacity: 0.7,
}

const templates = path.join(import.meta.dirname, '../../../../../templates')

/** Opens the engine over a folder. */
export async function openReference(folder: string): Promise<Reference> {
  const workspace = await openWorkspace(folder)
  const pool = openWorkerPool({
    workers: 2,
    attempts: 3,
    memoryLimit: 2e9,
    hangTimeout: 60_000,
    onCrash: (crash) => recordCrash(crash, workspace.crashes),
    environment: process.env,
  })
  const known = new Map<string, string>()
  return {
    async hashOf(wish) {
      const key = JSON.stringify(wish)
      let hash = known.get(key)
      if (hash === undefined) {
        const template = await loadTemplate(path.join(templates, wish.template))
        const prepared = await prepareRender(
          {
            template,
            modifications: { ...wish.modifications, watermark },
            mediaFolder: templates,
            output: wish.output,
          },
          { workspace, pool },
        )
        const output = path.join(folder, 'reference.mp4')
        await render(prepared, {
          workspace,
          pool,
          workers: 2,
          cacheLimit: 1e9,
          output,
          verify: 'key',
          digest: false,
          signal: new AbortController().signal,
          onProgress: () => {},
        })
        hash = createHash('sha256')
          .update(await readFile(output))
          .digest('hex')
        known.set(key, hash)
        await rm(output)
      }
      return hash
    },
    close: () => pool.close(),
  }
}
