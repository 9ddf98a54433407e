import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type QueueRun, type RunOptions, startRun } from './start-run.ts'

/** Before the queue is tried again that ended by itself, milliseconds. */
const RESTART_DELAY = 1000

/** Jobs are taken off and done. */
export interface Queue {
  /** By which its jobs are locked; another one after every restart. */
  readonly id: string
  /** All runs by whose ids jobs may be locked yet. */
  readonly runs: readonly FormerRun[]
  /** Seconds in which PostgreSQL answered and nothing looked for jobs. */
  readonly idleSeconds: number
  /** Called at every beat while PostgreSQL answers: frees what is left of former runs, and gives up one that doesn't look. */
  revive(): Promise<void>
  /** Takes nothing more and waits for what is under way, as long as patience lasts. */
  stop(): Promise<void>
}

/** A run that takes nothing more. */
export type FormerRun = Pick<QueueRun, 'id' | 'name'>

/** What a queue is kept up with. */
export interface QueueOptions extends RunOptions {
  /** Frees what is locked by a run's id. */
  readonly leave: (run: FormerRun) => Promise<void>
}

/** Runs the queue, and runs it anew, under another id, whenever it ends, loses PostgreSQL or no longer looks for jobs. */
export async function runQueue(options: QueueOptions): Promise<Queue> {
  const { timing, onError, leave } = options
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) =>
    stopping.signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  const ending = new Set<Promise<void>>()
  const gone = new Set<FormerRun>()
  let current = await startRun(options)
  let idleBeats = 0
  /** The same, but a restart is no excuse. */
  let unseenBeats = 0
  const dismiss = (run: QueueRun) => {
    const end = run.stop().then(() => {
      gone.add(run)
      ending.delete(end)
    })
    ending.add(end)
    return end
  }
  const freeing = new Set<FormerRun>()
  /** Frees what is locked by a run's id, meanwhile: where that has to wait, the beat doesn't. */
  const free = (run: FormerRun): void => {
    if (freeing.has(run)) return
    freeing.add(run)
    leave(run)
      .then(() => gone.delete(run))
      .catch((error: Error) => onError(error, 'queue'))
      .finally(() => freeing.delete(run))
  }
  const supervising = (async () => {
    for (;;) {
      await Promise.race([current.spent, stopped])
      if (stopping.signal.aborted) return dismiss(current)
      void dismiss(current)
      const next = await startAgain(options, stopping.signal)
      if (next === undefined) return
      current = next
      idleBeats = 0
    }
  })()
  return {
    get id() {
      return current.id
    },
    get runs() {
      return [...new Set([...gone, current])]
    },
    get idleSeconds() {
      return unseenBeats * timing.beat
    },
    async revive() {
      // Until another has taken its place the beat is in its name, and would put it on the list again.
      for (const run of gone) if (run !== current) free(run)
      // Counted in beats, not by a clock: a process or a PostgreSQL that stood still has missed nothing.
      const looked = current.hasLooked()
      idleBeats = looked ? 0 : idleBeats + 1
      unseenBeats = looked && current.hasBegun() ? 0 : unseenBeats + 1
      if (idleBeats * timing.beat < timing.silence || stopping.signal.aborted) return
      idleBeats = 0
      onError(new FlatRenderError('JOB_QUEUE_STALLED', { seconds: timing.silence }), 'queue')
      current.giveUp()
    },
    async stop() {
      stopping.abort()
      // A start that is under way waits longer for a silent PostgreSQL than we do; it ends by itself.
      const done = new AbortController()
      const patience = setTimeout(timing.patience * 1000, undefined, { signal: done.signal }).catch(() => {})
      await Promise.race([supervising, patience])
      done.abort()
      await Promise.all(ending)
    },
  }
}

async function startAgain(options: RunOptions, signal: AbortSignal): Promise<QueueRun | undefined> {
  for (;;) {
    await setTimeout(RESTART_DELAY, undefined, { signal }).catch(() => {})
    if (signal.aborted) return undefined
    try {
      return await startRun(options)
    } catch (error) {
      options.onError(error as Error, 'queue')
    }
  }
}
