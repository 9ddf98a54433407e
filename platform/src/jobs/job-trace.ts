import { carriedTrace, readTrace } from '../observe/trace-context.ts'

/** Where a job's payload says what it belongs to; no field of ours begins so. */
const FIELD = '~trace'

/** A payload that says which traceparent it is told in, if any. */
export function markTrace(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const trace = carriedTrace()
  return trace === undefined ? payload : { ...payload, [FIELD]: trace }
}

/** The payload as it was given, and what it says of its trace. */
export function readMarked(payload: unknown): {
  readonly payload: unknown
  readonly trace: string | undefined
} {
  if (typeof payload !== 'object' || payload === null || !(FIELD in payload))
    return { payload, trace: undefined }
  const { [FIELD]: trace, ...rest } = payload
  return { payload: rest, trace: readTrace(trace) }
}
