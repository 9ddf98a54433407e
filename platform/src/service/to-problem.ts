import { type ErrorCode, errorDefinitions, type FlatRenderError } from '@flatrender/contracts/errors'

/** A failure as its answer tells it (RFC 9457, application/problem+json). */
export interface Problem {
  /** The error's entry in the reference. */
  readonly type: string
  /** Our stable code. */
  readonly code: ErrorCode
  readonly status: number
  /** What happened and where. */
  readonly title: string
  /** What to do about it. */
  readonly detail: string
  readonly retryable: boolean
  readonly requestId: string
  readonly data?: FlatRenderError['data']
}

/** The problem for an expected failure. */
export function toProblem({ code, data, message, remedy }: FlatRenderError, requestId: string): Problem {
  const { status, retryable } = errorDefinitions[code]
  return {
    type: `/docs/errors#${code}`,
    code,
    status,
    title: message,
    detail: remedy,
    retryable,
    requestId,
    ...(Object.keys(data).length > 0 && { data }),
  }
}
