import { setTimeout } from 'node:timers/promises'
import { errorDefinitions, isFlatRenderError } from '@flatrender/contracts/errors'
import type { NodeHealth } from '@flatrender/contracts/node'
import type { Farm } from '../farm/open-farm.ts'
import type { FileCache } from '../files/file-cache.ts'
import type { Bell } from './bell.ts'
import type { Desk } from './desk.ts'
import type { Gate } from './gate.ts'

/** How often a node beats, and what it tells. */
export interface BeatLoop {
  readonly farm: Farm
  readonly desk: Desk
  readonly gate: Gate
  readonly changes: FileCache['changes']
  readonly readHealth: () => Promise<NodeHealth>
  /** Rings when desk or gate change. */
  readonly bell: Bell
  /** Seconds between two beats; half of them after one that failed. */
  readonly heartbeatSeconds: number
  readonly signal: AbortSignal
  readonly onRetry: (error: unknown) => void
}

/**
 * Renews leases and tells how the machine fares, and at once whether it takes work where that has changed. What is lost is
 * dropped. Errors: those that would come again.
 */
export async function keepBeating(loop: BeatLoop): Promise<void> {
  const { farm, desk, gate, changes, readHealth, bell, signal, onRetry } = loop
  let told: boolean | undefined
  const beat = async (): Promise<void> => {
    const takesWork = gate.isOpen()
    const { gained, dropped } = changes.take()
    try {
      const late = AbortSignal.timeout(Math.ceil(loop.heartbeatSeconds * 2000))
      const input = {
        health: await readHealth(),
        running: desk.running(),
        takesWork,
        gained: [...gained],
        dropped: [...dropped],
      }
      const { lost, wish } = await farm.beat(input, { signal: AbortSignal.any([signal, late]) })
      told = takesWork
      desk.drop(lost)
      gate.hear(wish)
    } catch (error) {
      changes.restore({ gained, dropped })
      throw error
    }
  }
  while (!signal.aborted) {
    let pause = loop.heartbeatSeconds * 1000
    try {
      await beat()
    } catch (error) {
      if (signal.aborted) return
      if (isFlatRenderError(error) && !errorDefinitions[error.code].retryable) throw error
      onRetry(error)
      pause /= 2
    }
    const due = new AbortController()
    // It holds the process: a node that takes no work has nothing else that does, and lives until it is told to end.
    const timer = globalThis.setTimeout(() => due.abort(), pause)
    const rest = AbortSignal.any([signal, due.signal])
    while (!rest.aborted && (told === undefined || told === gate.isOpen())) await bell.wait(rest)
    clearTimeout(timer)
    // A gate that is opened and shut by the second isn't told of by the second.
    if (!rest.aborted) await setTimeout(250, undefined, { signal }).catch(() => {})
  }
}
