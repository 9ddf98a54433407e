import { hkdfSync } from 'node:crypto'
import { type Call, callSchema } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { jwtVerify, SignJWT } from 'jose'

/** Seconds that a token between services is good for: one request, and clocks that differ. */
const TOKEN_SECONDS = 60

/** The key that signs tokens between services: it follows from the installation's secret key. */
export function deriveServiceKey(secretKey: Buffer): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secretKey, '', 'tokens between services', 32))
}

/** Names who asks (`caller`), whom (`service`) and on whose behalf, for a minute. */
export async function signCall(
  key: Uint8Array,
  parties: { readonly caller: string; readonly service: string },
  call: Call,
): Promise<string> {
  return new SignJWT({ call })
    .setProtectedHeader({ alg: 'HS256', typ: 'flatrender-call' })
    .setIssuer(parties.caller)
    .setAudience(parties.service)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_SECONDS}s`)
    .sign(key)
}

/** Reads it back. Errors: ACCESS_TOKEN_INVALID for one that is forged, expired or meant for another service. */
export async function verifyCall(key: Uint8Array, service: string, token: string): Promise<Call> {
  try {
    const options = { audience: service, algorithms: ['HS256'], typ: 'flatrender-call' }
    const { payload } = await jwtVerify(token, key, options)
    return callSchema.parse(payload.call)
  } catch (cause) {
    throw new FlatRenderError('ACCESS_TOKEN_INVALID', {}, { cause })
  }
}
