import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NodeFailure, NodeOrder } from '@flatrender/contracts/node'
import { OrderFailure, type RenderEngine } from '@flatrender/engine-render'
import { openFileCache } from './files/file-cache.ts'
import { withOrderFiles } from './work/with-order-files.ts'

/** An order that somebody died of, and what is to run it again. */
export interface ReplayOptions {
  readonly order: NodeOrder
  /** What relative addresses of its inputs are relative to. */
  readonly server: string
  /** Opens what carries it out, with a folder of its own. */
  readonly openEngine: (folder: string) => Promise<RenderEngine>
  readonly signal: AbortSignal
}

/** What came of it: nothing that is kept, or the failure, with the crash where a worker died again. */
export interface Replay {
  readonly build: string
  readonly failure: NodeFailure | undefined
}

/**
 * Runs an order again, in folders that are gone afterwards. Errors: NODE_INPUT_UNREACHABLE where an input is no longer there,
 * NODE_INPUT_DAMAGED, NODE_DISK_FULL; the signal's reason.
 */
export async function replayOrder({ order, server, openEngine, signal }: ReplayOptions): Promise<Replay> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-replay-'))
  const stack = new AsyncDisposableStack()
  stack.defer(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  try {
    const cache = await openFileCache({
      folder: path.join(home, 'files'),
      limit: Number.POSITIVE_INFINITY,
      server,
      // Without a limit nothing is dropped.
      onStuck: () => {},
    })
    const engine = await openEngine(path.join(home, 'engine'))
    stack.defer(() => engine.close())
    const place = { cache, order, folder: path.join(home, 'order'), signal }
    const failure = await withOrderFiles(place, async (files) => {
      await engine.run(order, files, { signal, onFrame: () => {} })
      return undefined
    }).catch((error: unknown) => {
      if (error instanceof OrderFailure) return error.failure
      throw error
    })
    return { build: engine.build, failure }
  } finally {
    await stack.disposeAsync()
  }
}
