import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadTemplate, openWorkspace, type Workspace } from '@flatrender/engine-render'
import type { TemplatePackage } from '@flatrender/engine-scene'
import { bundlePage } from './bundle-page.ts'
import { templatesFolder } from './list-templates.ts'
import { type OpenedPage, openPage } from './open-page.ts'
import { servePage } from './serve-page.ts'

/** A browser and Node side by side, with the same templates and pictures. */
export interface Bench {
  readonly page: OpenedPage
  readonly templates: ReadonlyMap<string, TemplatePackage>
  readonly workspace: Workspace
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
    const close = async () => {
      await page.close()
      await server.close()
      await remove()
    }
    return { page, templates, workspace, pictures, close }
  } catch (error) {
    await remove()
    throw error
  }
}
