import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'

/** As PostgreSQL, its driver and Node say it. */
const CODES = /^(08...|57P..|53300|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT)$/
const WORDS = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
]
const BEGINNING = new RegExp(`^(${WORDS.join('|')})`)
/** The same within what others have written about it. */
const WITHIN = new RegExp(
  `${WORDS.join('|')}|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|terminating connection|the database system is|Query read timeout`,
)

/** Connections that break, are refused or shut down (SQLSTATE classes 08 and 57P, 53300), as against wrong statements. */
export function isLoss(error: unknown): error is Error & { code?: string } {
  if (!(error instanceof Error)) return false
  const { code = '' } = error as { code?: string }
  return CODES.test(code) || BEGINNING.test(error.message)
}

/**
 * What broke a connection to the database, in a few words, where an error tells of that: itself, by its causes, or in the
 * words of a library that has wrapped it. For errors that come of nothing but the database.
 */
export function findLoss(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (isLoss(error)) return error.code ?? error.message
  const inner = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause]
  for (const cause of inner) {
    const found = findLoss(cause)
    if (found !== undefined) return found
  }
  return WITHIN.exec(error.message)?.[0]
}

/** Throws DATABASE_LOST for a connection that was lost, and anything else as it is. */
export function throwLoss(error: unknown): never {
  if (!isLoss(error) || isFlatRenderError(error)) throw error
  throw new FlatRenderError('DATABASE_LOST', { reason: error.code ?? error.message }, { cause: error })
}
