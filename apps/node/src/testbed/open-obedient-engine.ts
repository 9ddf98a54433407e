import { writeFile } from 'node:fs/promises'
import type { OrderHearing, RenderEngine } from '@flatrender/engine-render'
import { sha256Of } from './open-farm-server.ts'

/** An engine of a test's own: what it leaves is the order's name, once the test lets it. */
export function openObedientEngine() {
  let free: PromiseWithResolvers<void> | undefined
  let wrong: unknown
  let [running, most] = [0, 0]
  const engine: RenderEngine = {
    name: 'lottie',
    build: 'obedient',
    async run(order, { inputs, outputs }, { signal, onFrame }: OrderHearing) {
      running++
      most = Math.max(most, running)
      try {
        onFrame(7)
        if (free !== undefined)
          await Promise.race([
            free.promise,
            new Promise((resolve) => signal.addEventListener('abort', resolve)),
          ])
        signal.throwIfAborted()
        if (wrong !== undefined) throw wrong
        if (order.kind !== 'thumbnail') throw new Error(`nobody offers ${order.kind} here`)
        const content = Buffer.from(`picture of ${[...inputs.keys()]}`)
        await writeFile(outputs[0]!, content)
        return { kind: 'thumbnail', hash: sha256Of(content), bytes: content.length, width: 1, height: 1 }
      } finally {
        running--
      }
    },
    close: async () => {},
  }
  return {
    engine,
    /** Lets orders wait until `free`. */
    hold() {
      free = Promise.withResolvers()
    },
    free: () => free?.resolve(),
    /** Lets orders fail; undefined lets them end well again. */
    fail(error: unknown) {
      wrong = error
    },
    /** Orders that ran at the same time, at most. */
    most: () => most,
    running: () => running,
  }
}
