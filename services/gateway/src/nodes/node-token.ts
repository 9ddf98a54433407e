import { FlatRenderError } from '@flatrender/contracts/errors'
import { NODE_TOKEN_AUDIENCE } from '@flatrender/contracts/node'
import { decodeJwt, errors, type JWTPayload } from 'jose'

/** Seconds for which a node's token may be good, and by which clocks may be apart. */
const [LONGEST, APART] = [60, 5]

/** What a node's token says of itself, before anybody has proven it. */
export interface NodeToken {
  readonly token: string
  /** Id of the node that is said to have signed it. */
  readonly subject: string
  /** When it ends, milliseconds since 1970. */
  readonly until: number
}

/** The token of a request. Errors: NODE_UNKNOWN where there is none. */
export function findNodeToken(authorization: string | undefined): string {
  const token = authorization?.match(/^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i)?.[1]
  if (token === undefined || token.length > 4000) throw new FlatRenderError('NODE_UNKNOWN')
  return token
}

/** Reads a token. Errors: NODE_UNKNOWN where it is no node's; NODE_SIGNATURE_STALE where it isn't of this minute. */
export function readNodeToken(token: string, now = Date.now()): NodeToken {
  const { sub, aud, exp } = decode(token)
  if (sub === undefined || exp === undefined || aud !== NODE_TOKEN_AUDIENCE)
    throw new FlatRenderError('NODE_UNKNOWN')
  const left = exp - now / 1000
  if (left < -APART || left > LONGEST + APART) throw new FlatRenderError('NODE_SIGNATURE_STALE')
  return { token, subject: sub, until: (exp + APART) * 1000 }
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
