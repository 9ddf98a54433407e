export { defineErrors, type ErrorData, type ErrorDefinition } from './define-errors.ts'
export { type ErrorCode, errorDefinitions } from './error-definitions.ts'
export { FlatRenderError, isFlatRenderError } from './flatrender-error.ts'
