import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Logger } from './open-logger.ts'
import type { BeginSpan } from './spans.ts'
import { carryTrace, makeTrace, traceIdOf } from './trace-context.ts'

/** Something that is done for somebody, and is worth being told of. */
export interface ObservedWork {
  readonly kind: 'request' | 'procedure' | 'job'
  /** Such as `identity.users.me`. */
  readonly name: string
  /** The traceparent of what caused it. */
  readonly trace?: string | undefined
  readonly requestId?: string
  readonly tenantId?: string | null
  /** The code of a failure that the work has answered itself. */
  readonly readFailure?: () => string | undefined
}

/** Does work, and tells logs, metrics and traces of it. The work hears the traceparent for what it causes. */
export type Observe = <Result>(
  work: ObservedWork,
  run: (trace?: string) => Promise<Result>,
) => Promise<Result>

/** Who is told. */
export interface Listeners {
  readonly log: Logger
  readonly begin: BeginSpan | undefined
  readonly measure: (work: ObservedWork, outcome: string, seconds: number) => void
  /** Hears of a failure that nobody expected. */
  readonly onBug: (error: unknown, message: string, fields: object) => void
}

/** Tells all of them of every piece of work. */
export function observeBy({ log, begin, measure, onBug }: Listeners): Observe {
  return async (work, run) => {
    const { kind, name, requestId, tenantId, readFailure } = work
    const span = begin?.(`${kind} ${name}`, {
      trace: work.trace,
      server: kind === 'request',
      attributes: {
        'flatrender.kind': kind,
        ...(requestId !== undefined && { 'flatrender.request_id': requestId }),
        ...(typeof tenantId === 'string' && { 'flatrender.tenant_id': tenantId }),
      },
    })
    const trace = span?.trace ?? work.trace ?? makeTrace()
    const begun = performance.now()
    const finish = (outcome: string) => {
      const milliseconds = performance.now() - begun
      measure(work, outcome, milliseconds / 1000)
      span?.end(outcome, outcome === 'bug')
      if (!log.writes('debug')) return
      log.debug(`${kind} ${name}`, { ...tell(work, trace), outcome, milliseconds: Math.round(milliseconds) })
    }
    try {
      const result = await carryTrace(trace, () => run(trace))
      finish(readFailure?.() ?? 'done')
      return result
    } catch (error) {
      const expected = error instanceof FlatRenderError
      if (!expected) onBug(error, `${kind} ${name}`, tell(work, trace))
      finish(expected ? error.code : 'bug')
      throw error
    }
  }
}

function tell({ kind, name, requestId, tenantId }: ObservedWork, trace: string) {
  return { [kind]: name, requestId, tenantId, traceId: traceIdOf(trace) }
}
