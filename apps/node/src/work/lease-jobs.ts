import { setTimeout } from 'node:timers/promises'
import { keepAsking } from '../farm/keep-asking.ts'
import type { Farm } from '../farm/open-farm.ts'
import type { Bell } from './bell.ts'
import type { Desk } from './desk.ts'
import type { Gate } from './gate.ts'

/** Jobs asked for at once, at most; seconds that the server may wait until there is one. */
const [MOST, WAIT] = [16, 25]
/** Milliseconds before asking again where the server gave nothing and didn't wait for anything either. */
const [SOON, PAUSE] = [1_000, 2_000]

/** Who asks for work, for whom, and when. */
export interface LeaseLoop {
  readonly farm: Farm
  readonly desk: Desk
  readonly gate: Gate
  /** Rings when desk or gate change. */
  readonly bell: Bell
  /** Bytes that a worker may take. */
  readonly memoryBytes: number
  readonly signal: AbortSignal
  readonly onRetry: (error: unknown) => void
}

/** Leases as many jobs as workers stand idle, for as long as the gate is open. Errors: those that would come again. */
export async function leaseJobs(loop: LeaseLoop): Promise<void> {
  const { farm, desk, gate, bell, memoryBytes, signal, onRetry } = loop
  while (!signal.aborted) {
    const want = Math.min(MOST, desk.idle())
    if (!gate.isOpen() || want <= 0) {
      await bell.wait(signal)
      continue
    }
    const asked = performance.now()
    const { jobs, wish } = await keepAsking(
      () => farm.lease({ want, memoryBytes, waitSeconds: WAIT }, { signal }),
      { signal, onRetry },
    )
    gate.hear(wish)
    // Somebody may have come back to their machine while we waited.
    if (gate.isOpen()) for (const job of jobs) desk.take(job)
    else if (jobs.length > 0) {
      const leases = jobs.map(({ tenantId, jobId, fence }) => ({ tenantId, jobId, fence }))
      await keepAsking(() => farm.release({ leases, leaving: false }, { signal }), { signal })
    }
    if (jobs.length === 0 && performance.now() - asked < SOON)
      await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
  }
}
