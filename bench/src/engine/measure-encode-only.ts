import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EncodeOnlyOrder } from './encode-only-process.ts'

/** Encodes frames that are already converted and in memory, all cores busy; nothing is painted or written. */
export interface EncodeOnly {
  /** Seconds with one encoder of two threads, and with two encoders of one thread each. */
  measure(): Promise<{ together: number; apart: number }>
  close(): void
}

/** Converts the frames once: in one process for one encoder, and halved over two processes. */
export async function openEncodeOnly(order: EncodeOnlyOrder): Promise<EncodeOnly> {
  const middle = order.from + Math.ceil((order.to - order.from) / 2)
  const halves = [
    { ...order, to: middle },
    { ...order, from: middle },
  ]
  const whole = await start(order)
  const parts = await Promise.all(halves.map(start))
  return {
    async measure() {
      const together = await time([whole], 2)
      const apart = await time(parts, 1)
      return { together, apart }
    },
    close() {
      for (const child of [whole, ...parts]) child.disconnect()
    },
  }
}

async function start(order: EncodeOnlyOrder): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./encode-only-process.ts', import.meta.url)), [
    JSON.stringify(order),
  ])
  await answer(child)
  return child
}

/** From the first order to the last answer. */
async function time(children: readonly ChildProcess[], threads: number): Promise<number> {
  const begun = performance.now()
  const answers = children.map(answer)
  for (const child of children) child.send({ threads })
  await Promise.all(answers)
  return (performance.now() - begun) / 1000
}

/** The child's next message; its death is a failure. */
async function answer(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the encoding process ended with ${signal ?? code}`)
  })
  // When the child ends after its work, nobody waits for this any more.
  gone.catch(() => {})
  await Promise.race([once(child, 'message'), gone])
}
