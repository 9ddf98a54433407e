import { type ErrorData, type ErrorDefinition, fillSentence } from './define-errors.ts'
import { type ErrorCode, errorDefinitions } from './error-definitions.ts'

/** An expected failure with a stable code. `message` says what and where, `remedy` what to do. */
export class FlatRenderError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData
  readonly remedy: string

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    const definition: ErrorDefinition = errorDefinitions[code]
    super(fillSentence(definition.sentence, data), options)
    this.name = 'FlatRenderError'
    this.code = code
    this.data = data
    this.remedy = fillSentence(definition.remedy, data)
  }
}

/** Is this an expected failure (of one of these codes, if any are named)? */
export function isFlatRenderError(error: unknown, ...codes: ErrorCode[]): error is FlatRenderError {
  return error instanceof FlatRenderError && (codes.length === 0 || codes.includes(error.code))
}
