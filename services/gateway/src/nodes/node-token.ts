import { FlatRenderError } from '@flatrender/contracts/errors'
import { decodeJwt, errors, type JWTPayload } from 'jose'

/** Seconds for which a node's token may be good, and by which clocks may be apart. */
const [LONGEST, APART] = [60, 5]

/** What a node's token says of itself, before anybody has proven it. */
export interface NodeToken {
  readonly token: string
  /** Id of the node that is said to have signed it. */
  readonly subject: string
  /** Names the token. */
  readonly id: string
  /** When it ends, milliseconds since 1970. */
  readonly until: number
}

/** Reads the token of a request. Errors: NODE_UNKNOWN where there is none; NODE_SIGNATURE_STALE where it isn't of this minute. */
export function readNodeToken(authorization: string | undefined, now = Date.now()): NodeToken {
  const token = authorization?.match(/^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i)?.[1]
  if (token === undefined || token.length > 4000) throw new FlatRenderError('NODE_UNKNOWN')
  const { sub, jti, exp } = decode(token)
  if (sub === undefined || jti === undefined || exp === undefined || jti.length > 100)
    throw new FlatRenderError('NODE_UNKNOWN')
  const left = exp - now / 1000
  if (left < -APART || left > LONGEST + APART) throw new FlatRenderError('NODE_SIGNATURE_STALE')
  return { token, subject: sub, id: jti, until: (exp + APART) * 1000 }
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError)
      throw new FlatRenderError('NODE_UNKNOWN', {}, { cause: error })
    throw error
  }
}
