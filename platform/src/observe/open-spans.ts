import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as traces } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { BeginSpan, Spans } from './spans.ts'

/** Milliseconds that spans wait for others, and that the collector has to take them. */
const [PAUSE, PATIENCE] = [1_000, 5_000]

/** Sends spans to an OpenTelemetry collector (OTLP over HTTP). Nothing is registered anywhere: closing ends it all. */
export function openSpans({ url, version }: { readonly url: string; readonly version: string }): Spans {
  const exporter = new OTLPTraceExporter({
    url: `${url.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: PATIENCE,
  })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'flatrender', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: PAUSE })],
  })
  const tracer = provider.getTracer('flatrender', version)
  const begin: BeginSpan = (name, { trace, server, attributes }) => {
    const [, traceId = '', spanId = ''] = trace?.split('-') ?? []
    const context =
      trace === undefined
        ? ROOT_CONTEXT
        : // Whoever sends a trace doesn't decide whether we record it.
          traces.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true })
    const kind = server ? SpanKind.SERVER : SpanKind.INTERNAL
    const span = tracer.startSpan(name, { kind, attributes: { ...attributes } }, context)
    const own = span.spanContext()
    return {
      trace: `00-${own.traceId}-${own.spanId}-01`,
      end(outcome, failed) {
        span.setAttribute('flatrender.outcome', outcome)
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }
  }
  // A collector that is away costs spans, never the end of a process.
  return { begin, close: () => provider.shutdown().catch(() => {}) }
}
