import { FlatRenderError } from '@flatrender/contracts/errors'

/** What Fastify itself refuses, by its codes. */
interface Refusal {
  readonly code?: string
  readonly statusCode?: number
  readonly message: string
}

/**
 * The expected failure behind whatever was thrown: ours as it is, what Fastify refuses in our words. Undefined for a
 * bug, of which the client hears no more than REQUEST_FAILED.
 */
export function expectFailure(error: unknown, route: string, bodyLimit: number): FlatRenderError | undefined {
  if (error instanceof FlatRenderError) return error
  const { code, statusCode = 500, message } = error as Refusal
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new FlatRenderError('REQUEST_TOO_LARGE', { limit: bodyLimit })
  if (statusCode === 415) return new FlatRenderError('REQUEST_TYPE_UNKNOWN')
  if (statusCode >= 400 && statusCode < 500)
    return new FlatRenderError('REQUEST_INVALID', { procedure: route, issues: [message] }, { cause: error })
  return undefined
}
