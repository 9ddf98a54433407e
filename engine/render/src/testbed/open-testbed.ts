import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { containerOf, type OutputChoice, type TemplatePackage } from '@flatrender/engine-scene'
import { type PreparedRender, prepareRender, type RenderRequest } from '../prepare/prepare-render.ts'
import { type RenderOptions, type RenderResult, render } from '../render.ts'
import { recordCrash } from '../worker/record-crash.ts'
import { openWorkerPool, type WorkerPool, type WorkerPoolOptions } from '../worker/worker-pool.ts'
import { openWorkspace, type Workspace } from '../workspace/workspace.ts'

/** What a test asks for; the rest is the least that works. */
export interface TestRender extends Partial<RenderOptions> {
  readonly modifications?: unknown
  readonly choice?: Partial<OutputChoice>
  readonly range?: readonly [number, number]
}

/** A fresh folder with a workspace in it, and workers as they are asked for. All is gone after `close`. */
export interface Testbed {
  readonly folder: string
  readonly workspace: Workspace
  /** A path in the folder. */
  file(name: string): string
  openPool(options?: Partial<WorkerPoolOptions>): WorkerPool
  prepare(template: TemplatePackage, name: string, wanted?: TestRender): Promise<PreparedRender>
  /** Renders into a file of the folder, by a pool of one worker if none is given. */
  render(template: TemplatePackage, name: string, wanted?: TestRender): Promise<RenderResult>
  /** Empties the segment cache. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** Workers of the command line have it too: they start in half the time. */
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '../../../../node_modules/.cache/compiled')

/** Opens a testbed in a new folder, which is removed at the end. */
export async function openTestbed(): Promise<Testbed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-render-'))
  const bed = await openSession(folder, path.join(folder, 'home'))
  const close = async () => {
    await bed.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...bed, close }
}

/** The same in a folder and a workspace that are others' as well: nothing is removed. */
export async function openSession(folder: string, home: string): Promise<Testbed> {
  const workspace = await openWorkspace(home)
  const pools = new Set<WorkerPool>()
  let own: WorkerPool | undefined
  const file = (name: string) => path.join(folder, name)
  const openPool = (options: Partial<WorkerPoolOptions> = {}) => {
    const pool = openWorkerPool({
      workers: 1,
      environment: { NODE_COMPILE_CACHE, ...process.env },
      memoryLimit: 3e9,
      hangTimeout: 60_000,
      attempts: 3,
      onCrash: (crash) => recordCrash(crash, workspace.crashes),
      ...options,
    })
    pools.add(pool)
    return pool
  }
  const prepare = (template: TemplatePackage, name: string, wanted: TestRender = {}) => {
    const request: RenderRequest = {
      template,
      modifications: wanted.modifications ?? {},
      mediaFolder: folder,
      output: { container: containerOf(name), quality: 'draft', ...wanted.choice },
      ...(wanted.range && { range: wanted.range }),
    }
    if (wanted.pool === undefined) own ??= openPool()
    return prepareRender(request, { workspace: wanted.workspace ?? workspace, pool: wanted.pool ?? own! })
  }
  return {
    folder,
    workspace,
    file,
    openPool,
    prepare,
    async render(template, name, wanted = {}) {
      const prepared = await prepare(template, name, wanted)
      const { modifications, choice, range, ...options } = wanted
      if (options.pool === undefined) own ??= openPool()
      return render(prepared, {
        workspace,
        pool: own!,
        workers: 1,
        cacheLimit: 1e9,
        output: file(name),
        verify: 'key',
        digest: false,
        signal: new AbortController().signal,
        onProgress: () => {},
        ...options,
      })
    },
    async forget() {
      for (const bucket of await readdir(workspace.segments)) {
        if (bucket !== 'pins') await rm(path.join(workspace.segments, bucket), { recursive: true })
      }
    },
    async close() {
      await Promise.all([...pools].map((pool) => pool.close()))
    },
  }
}
