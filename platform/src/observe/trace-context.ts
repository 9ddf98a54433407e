import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

const TRACE = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** A W3C traceparent as it came from outside, if it is one: of what it says only its form is believed. */
export function readTrace(header: unknown): string | undefined {
  if (typeof header !== 'string' || header.length > 100) return undefined
  const [, version, traceId = '', spanId = '', flags, more] = TRACE.exec(header) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return `00-${traceId}-${spanId}-${flags}`
}

/** Begins a trace where none came; nobody records it yet. */
export function makeTrace(): string {
  // Node keeps random bytes for UUIDs ready, and asks the system for others each time.
  const span = randomUUID()
  return `00-${randomUUID().replaceAll('-', '')}-${span.slice(0, 8)}${span.slice(-8)}-00`
}

/** The trace that a traceparent belongs to. */
export function traceIdOf(trace: string): string {
  return trace.slice(3, 35)
}

/** Carries the traceparent to what is done within: events and jobs that are told there belong to it. */
const carried = new AsyncLocalStorage<string>()

/** Does some work that belongs to a trace. */
export function carryTrace<Result>(trace: string, work: () => Result): Result {
  return carried.run(trace, work)
}

/** The traceparent of the work that this is called in. */
export function carriedTrace(): string | undefined {
  return carried.getStore()
}
