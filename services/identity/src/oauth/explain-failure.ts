import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'

/** What a provider answered doesn't hold. */
export function refuseAnswer({ key }: { key: string }, reason: string, cause?: unknown): FlatRenderError {
  return new FlatRenderError('OAUTH_ANSWER_INVALID', { provider: key, reason }, { cause })
}

/**
 * Turns what the OpenID library throws into our words; what it didn't expect stays a bug. Nothing that the provider wrote
 * itself is told but its error code. Errors: OAUTH_PROVIDER_UNREACHABLE, OAUTH_ANSWER_INVALID.
 */
export function explainFailure(provider: { key: string }): (error: unknown) => never {
  return (error) => {
    // Ours, thrown while fetching: the library wraps it.
    const cause = error instanceof Error ? error.cause : undefined
    if (isFlatRenderError(error)) throw error
    if (isFlatRenderError(cause)) throw cause
    if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
      throw refuseAnswer(provider, `it says ${error.error}`, error)
    if (error instanceof WWWAuthenticateChallengeError)
      throw refuseAnswer(provider, 'it believes us no more', error)
    if (error instanceof ClientError) throw refuseAnswer(provider, error.message, error)
    throw error
  }
}
