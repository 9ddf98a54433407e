import { FlatRenderError } from '@flatrender/contracts/errors'
import { type Observe, observeBy } from './observe-work.ts'
import type { Logger } from './open-logger.ts'
import { type Metrics, openMetrics } from './open-metrics.ts'

/** Who is told what happens in this process. */
export interface ObserverOptions {
  readonly log: Logger
  /** Of an OpenTelemetry collector, such as `http://localhost:4318`; no spans without it. */
  readonly otlpUrl: string | undefined
  /** Of FlatRender. */
  readonly version: string
  /** Does a gateway of this process tell of the process itself? */
  readonly withGateway: boolean
}

/** Tells of what happens in this process. */
export interface Observer {
  readonly observe: Observe
  readonly metrics: Metrics
  /** Tells of a failure outside of any work, or after it; one that was told already isn't told again. */
  readonly report: (error: unknown, where: string, fields?: object) => void
  /** Sends what still waits; the log stays open. */
  close(): Promise<void>
}

/** The words by which people know that we want to hear of it. */
const BUG = 'This is a bug in FlatRender; please report it with this line.'

/** Opens logs, numbers and traces of a process. */
export async function openObserver({
  log,
  otlpUrl,
  version,
  withGateway,
}: ObserverOptions): Promise<Observer> {
  const metrics = openMetrics({ ofProcess: !withGateway })
  // OpenTelemetry is 30 MB that nobody needs who has no collector.
  const spans =
    otlpUrl === undefined ? undefined : (await import('./open-spans.ts')).openSpans({ url: otlpUrl, version })
  const told = new WeakSet<object>()
  const tellBug = (error: unknown, where: string, fields: object) => {
    if (typeof error === 'object' && error !== null) {
      if (told.has(error)) return
      told.add(error)
    }
    log.error(`${where}: ${BUG}`, { ...fields, error })
  }
  return {
    metrics,
    observe: observeBy({ log, begin: spans?.begin, measure: metrics.measure, onBug: tellBug }),
    report(error, where, fields = {}) {
      if (!(error instanceof FlatRenderError)) return tellBug(error, where, fields)
      const { code, message, remedy } = error
      log.warn(`${where}: ${message} ${remedy}`, { ...fields, failure: code })
    },
    close: async () => spans?.close(),
  }
}
