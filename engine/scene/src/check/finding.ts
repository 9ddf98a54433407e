import { type ErrorCode, FlatRenderError } from '@flatrender/contracts/errors'

/** Something about a template that its designer should know. */
export interface Finding {
  readonly code: ErrorCode
  /** An error keeps the template from being right; a warning may be meant so. */
  readonly severity: 'error' | 'warning'
  /** What and where, in one sentence. */
  readonly message: string
  readonly remedy: string
}

/** Writes a finding in the words of its code's definition. */
export function createFinding(
  code: ErrorCode,
  severity: Finding['severity'],
  data: FlatRenderError['data'],
): Finding {
  const { message, remedy } = new FlatRenderError(code, data)
  return { code, severity, message, remedy }
}
