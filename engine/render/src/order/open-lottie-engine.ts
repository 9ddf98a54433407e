import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeOrder, NodeResult } from '@flatrender/contracts/node'
import { engineBuild } from '../plan/engine-build.ts'
import { recordCrash } from '../worker/record-crash.ts'
import { openWorkerPool, type WorkerPoolOptions } from '../worker/worker-pool.ts'
import { openWorkspace } from '../workspace/workspace.ts'
import { describeOrderFailure } from './describe-order-failure.ts'
import type { OrderRoom } from './order-room.ts'
import type { RenderEngine } from './render-engine.ts'
import { runAssemble } from './run-assemble.ts'
import { runCompare } from './run-compare.ts'
import { runFrames } from './run-frames.ts'
import { runProbe, runSnapshot, runThumbnail } from './run-pictures.ts'
import { runSound } from './run-sound.ts'
import { openTemplateShelf } from './template-shelf.ts'

/** Where the engine keeps what it may need again, and what its workers may take. */
export interface LottieEngineOptions
  extends Pick<WorkerPoolOptions, 'workers' | 'environment' | 'memoryLimit' | 'hangTimeout' | 'lazy'> {
  /** Folder of its workspace. */
  readonly home: string
}

/**
 * Opens the engine that paints compiled Lotties. An order whose worker dies is not tried again: another try, elsewhere
 * perhaps, is the farm's to decide. Errors: those of opening a workspace.
 */
export async function openLottieEngine({ home, ...options }: LottieEngineOptions): Promise<RenderEngine> {
  const workspace = await openWorkspace(home)
  const onCrash: WorkerPoolOptions['onCrash'] = (crash) => recordCrash(crash, workspace.crashes)
  const pool = openWorkerPool({ ...options, attempts: 1, onCrash })
  const templates = openTemplateShelf()
  return {
    name: 'lottie',
    build: engineBuild(),
    async run(order, files, hearing) {
      const room = { workspace, pool, templates, ...files, ...hearing }
      try {
        if (hearing.signal.aborted) throw new FlatRenderError('RENDER_CANCELLED')
        return await runOrder(order, room)
      } catch (error) {
        throw describeOrderFailure(error, files)
      }
    },
    close: () => pool.close(),
  }
}

function runOrder(order: NodeOrder, room: OrderRoom): Promise<NodeResult> {
  switch (order.kind) {
    case 'frames':
      return runFrames(order, room)
    case 'snapshot':
      return runSnapshot(order, room)
    case 'probe':
      return runProbe(order, room)
    case 'thumbnail':
      return runThumbnail(order, room)
    case 'sound':
      return runSound(order, room)
    case 'assemble':
      return runAssemble(order, room)
    case 'compare':
      return runCompare(order, room)
  }
}
