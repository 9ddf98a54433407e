import { mediaErrors } from './media.ts'
import { outputErrors } from './output.ts'

/** Every code there is. Codes are never reused; `docs/reference/errors.md` is generated from this. */
export const errorDefinitions = {
  ...mediaErrors,
  ...outputErrors,
} as const

export type ErrorCode = keyof typeof errorDefinitions
