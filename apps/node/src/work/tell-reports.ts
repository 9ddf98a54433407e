import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Lease, NodeFailure, NodeResult } from '@flatrender/contracts/node'
import { isRetryable, keepAsking } from '../farm/keep-asking.ts'
import type { Farm } from '../farm/open-farm.ts'

/** What came of a job. */
export type JobReport = Lease & { readonly workedMs: number } & (
    | { readonly result: NodeResult }
    | { readonly failure: NodeFailure }
  )

/**
 * Tells the farm what came of a job, until it is heard or the signal aborts. Errors: LEASE_LOST; NODE_REPORT_REFUSED where the
 * farm can't take it however often it is told; the signal's reason.
 */
export type TellReport = (report: JobReport, signal: AbortSignal) => Promise<void>

interface Waiting {
  readonly report: JobReport
  readonly signal: AbortSignal
  readonly heard: PromiseWithResolvers<void>
}

/** Reports of one request, at most. */
const MOST = 16
/** Tries of a report at which the server fails for no reason that it knows. */
const TRIES = 6

/**
 * Tells reports: one at once, and those that come while it is on its way together. Where that fails each goes its own way, so
 * that none holds up the others.
 */
export function openTellReports(farm: Farm): TellReport {
  let waiting: Waiting[] = []
  let telling = false
  const tell = async (): Promise<void> => {
    if (telling) return
    telling = true
    while (waiting.length > 0) {
      const some = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await tellTogether(
        farm,
        some.filter(({ signal }) => !signal.aborted),
      )
    }
    telling = false
  }
  return (report, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const heard = Promise.withResolvers<void>()
      const leave = () => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      heard.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
      waiting.push({ report, signal, heard })
      void tell()
    })
}

async function tellTogether(farm: Farm, some: readonly Waiting[]): Promise<void> {
  if (some.length === 0) return
  const told = farm.reportMany({ reports: some.map(({ report }) => report) })
  try {
    settle(some, await told)
  } catch {
    // One that was alone has had its first try.
    for (const one of some) void tellAlone(farm, one, some.length === 1 ? told : undefined)
  }
}

async function tellAlone(
  farm: Farm,
  one: Waiting,
  told: ReturnType<Farm['reportMany']> | undefined,
): Promise<void> {
  const { report, signal, heard } = one
  let first = told
  const ask = () => {
    const asked = first ?? farm.reportMany({ reports: [report] }, { signal })
    first = undefined
    return asked
  }
  let broken = 0
  const mayRetry = (error: unknown) =>
    isRetryable(error) && !(isFlatRenderError(error, 'REQUEST_FAILED') && ++broken >= TRIES)
  try {
    settle([one], await keepAsking(ask, { signal, mayRetry }))
  } catch (error) {
    heard.reject(signal.aborted ? error : describeRefusal(error))
  }
}

/** What the node itself is refused for ends all of it, and is nothing of the report. */
function describeRefusal(error: unknown): unknown {
  const isOurs = isFlatRenderError(error, 'REQUEST_INVALID', 'REQUEST_TOO_LARGE', 'REQUEST_FAILED')
  return isOurs ? new FlatRenderError('NODE_REPORT_REFUSED', { reason: error.code }, { cause: error }) : error
}

function settle(told: readonly Waiting[], { lost }: { readonly lost: readonly Lease[] }): void {
  for (const { report, heard } of told) {
    const { jobId, fence } = report
    const isLost = lost.some((lease) => lease.jobId === jobId && lease.fence === fence)
    if (isLost) heard.reject(new FlatRenderError('LEASE_LOST', { job: jobId, fence }))
    else heard.resolve()
  }
}
