import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import type { Fault } from '@flatrender/contracts/render'

/** An expected failure as people and programs read it. */
export function describeFault({ code, message, remedy, data }: FlatRenderError): Fault {
  return { code, message, remedy, data: { ...data } }
}

/** The same from what is kept of one; a code of a later or former release keeps its data alone. */
export function describeKeptFault(code: string, data: Readonly<Record<string, unknown>>): Fault {
  const failure = readKeptFailure(code, data)
  return failure === undefined
    ? { code, message: code, remedy: '', data: { ...data } }
    : describeFault(failure)
}

/** What is kept of an expected failure, as one; undefined for a code of a later or former release. */
export function readKeptFailure(
  code: string,
  data: Readonly<Record<string, unknown>>,
): FlatRenderError | undefined {
  if (!Object.hasOwn(errorDefinitions, code)) return undefined
  return new FlatRenderError(code as ErrorCode, data as ErrorData)
}

/** Every expected failure that something thrown holds; none: it is none of ours. */
export function listFailures(error: unknown): FlatRenderError[] {
  if (error instanceof FlatRenderError) return [error]
  if (error instanceof AggregateError && error.errors.every((one) => one instanceof FlatRenderError))
    return error.errors
  return []
}

/** Several failures as one: RENDER_INVALID. Anything else stays as it is. */
export function asOneFailure(error: unknown): unknown {
  const failures = listFailures(error)
  const [first] = failures
  if (first === undefined || failures.length === 1) return first ?? error
  return new FlatRenderError(
    'RENDER_INVALID',
    {
      count: failures.length,
      // A sentence within a sentence.
      first: first.message.replace(/\.$/, ''),
      faults: failures.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`),
    },
    { cause: error },
  )
}
