import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import {
  openWorkerPool,
  openWorkspace,
  type PreparedRender,
  type RenderOptions,
  type RenderResult,
  render,
  type WorkerPool,
  type Workspace,
} from '@flatrender/engine-render'

/** A pool of warm workers and a workspace of its own, as a command or a node has them. */
export interface BenchEngine {
  readonly pool: WorkerPool
  readonly workspace: Workspace
  readonly folder: string
  /** Renders and throws the picture away; default verification. */
  render(prepared: PreparedRender, onProgress?: RenderOptions['onProgress']): Promise<RenderResult>
  /** Throws all segments away: the next render paints everything, with workers as warm as they are. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** As many as there are cores. */
export const workers = availableParallelism()

/** Starts the workers, as many as there are cores unless told, in an empty folder: every cache is cold. */
export async function openBenchEngine(count = workers): Promise<BenchEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-bench-'))
  const workspace = await openWorkspace(path.join(folder, 'home'))
  const pool = openWorkerPool({
    workers: count,
    environment: process.env,
    memoryLimit: 4e9,
    hangTimeout: 120_000,
    attempts: 1,
    onCrash: async ({ reason }) => reason,
  })
  return {
    pool,
    workspace,
    folder,
    render: (prepared, onProgress = () => {}) =>
      render(prepared, {
        workspace,
        pool,
        workers: count,
        cacheLimit: 50e9,
        output: path.join(folder, `out.${prepared.plan.container}`),
        verify: 'key',
        digest: false,
        signal: new AbortController().signal,
        onProgress,
      }),
    async forget() {
      await rm(workspace.segments, { recursive: true })
      await mkdir(workspace.segments)
    },
    async close() {
      await pool.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
