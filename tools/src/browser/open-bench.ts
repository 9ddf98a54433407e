import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadTemplate, openWorkerPool, openWorkspace, type Workshop } from '@flatrender/engine-render'
import type { TemplatePackage } from '@flatrender/engine-scene'
import { bundlePage } from './bundle-page.ts'
import { templatesFolder } from './list-templates.ts'
import { type OpenedPage, openPage } from './open-page.ts'
import { servePage } from './serve-page.ts'

/** A browser and Node side by side, with the same templates and pictures. */
export interface Bench extends Workshop {
  readonly page: OpenedPage
  readonly templates: ReadonlyMap<string, TemplatePackage>
  /** Folder of the pictures that both paint with. */
  readonly pictures: string
  close(): Promise<void>
}

/** Bundles the page, serves it and opens it in a Chromium. */
export async function openBench(names: readonly string[]): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-browser-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const bundle = path.join(folder, 'bundle')
    const workspace = await openWorkspace(path.join(folder, 'workspace'))
    const { pictures } = workspace
    const templates = new Map<string, TemplatePackage>()
    for (const name of names) templates.set(name, await loadTemplate(path.join(templatesFolder, name)))
    await mkdir(bundle)
    await bundlePage(bundle)
    const server = await servePage({ bundle, pictures, templates })
    const page = await openPage(server.origin).catch(async (error: unknown) => {
      await server.close()
      throw error
    })
    // They look into media alone.
    const pool = openWorkerPool({
      workers: 1,
      lazy: true,
      environment: process.env,
      memoryLimit: 3e9,
      hangTimeout: 60_000,
      attempts: 1,
      onCrash: async ({ reason }) => reason,
    })
    const close = async () => {
      await pool.close()
      await page.close()
      await server.close()
      await remove()
    }
    return { page, templates, workspace, pool, pictures, close }
  } catch (error) {
    await remove()
    throw error
  }
}
