import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import { ORPCError, ValidationError } from '@orpc/server'

/** The largest number of a request's faults that an answer names. */
const ISSUES_SHOWN = 5

/**
 * What a procedure threw, in one shape whether it was called by function or over a network: an expected failure is a
 * FlatRenderError, an input that its contract refuses is REQUEST_INVALID. Anything else is a bug and stays as it is.
 */
export function normaliseError(error: unknown, path: readonly string[]): unknown {
  if (!(error instanceof ORPCError)) return error
  const { code, data, cause } = error as ORPCError<string, unknown>
  if (code in errorDefinitions) return new FlatRenderError(code as ErrorCode, data as ErrorData)
  if (code === 'BAD_REQUEST') {
    const procedure = path.join('.')
    const issues = cause instanceof ValidationError ? describeIssues(cause) : [error.message]
    return new FlatRenderError('REQUEST_INVALID', { procedure, issues }, { cause })
  }
  return error
}

/** An expected failure as it crosses a network: code and data; the other side makes the sentence again. */
export function encodeError(error: unknown): unknown {
  if (!(error instanceof FlatRenderError)) return error
  const { status } = errorDefinitions[error.code]
  return new ORPCError(error.code, { status, message: error.message, data: error.data })
}

function describeIssues({ issues }: ValidationError): string[] {
  const said = issues.slice(0, ISSUES_SHOWN).map(({ path = [], message }) => {
    const place = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return place === '' ? message : `${place}: ${message}`
  })
  return issues.length > ISSUES_SHOWN ? [...said, `and ${issues.length - ISSUES_SHOWN} more`] : said
}
