import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Actor, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { NODE_TOKEN_AUDIENCE } from '@flatrender/contracts/node'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { Render } from '../deps.ts'

/** Seconds for which a node may make a token good, and by which its clock may be wrong. */
const LONGEST_SECONDS = 60
const CLOCK_SECONDS = 30

/**
 * Who has signed this token? It is believed if the node's own key has signed it, for us, and for no longer than a minute.
 * Errors: NODE_UNKNOWN, also for a node that is retired; NODE_SIGNATURE_STALE.
 */
export async function identifyNode(render: Render, { token }: { token: string }): Promise<{ actor: Actor }> {
  const claims = readClaims(token)
  const node = claims && (await render.knownNodes.find(claims.sub))
  if (!node || node.public_key === null || node.state === 'retired') throw new FlatRenderError('NODE_UNKNOWN')
  if (!isSignedBy(token, node.public_key)) throw new FlatRenderError('NODE_UNKNOWN')
  // The key is right then, and the clock may not be: the node can tell the two apart.
  assertOfNow(claims)
  const { id, tenant_id: tenantId } = node
  const visibleTenants = tenantId === DEFAULT_TENANT_ID ? [] : [DEFAULT_TENANT_ID]
  return {
    actor: { kind: 'node', id, tenantId, visibleTenants, permissions: ['farm:work'], sessionId: null },
  }
}

const headerSchema = z.object({ alg: z.literal('EdDSA'), crit: z.undefined().optional() })
const claimsSchema = z.object({ sub: z.uuid(), aud: z.literal(NODE_TOKEN_AUDIENCE), exp: z.number() })
type Claims = z.infer<typeof claimsSchema>

/** What a token says that is for us; undefined for what is none. */
function readClaims(token: string): Claims | undefined {
  try {
    if (!headerSchema.safeParse(decodeProtectedHeader(token)).success) return undefined
    return claimsSchema.safeParse(decodeJwt(token)).data
  } catch {
    // They say by throwing that a text is no token.
    return undefined
  }
}

/** However long a node wished to be believed, a minute it is, and by our clock. Errors: NODE_SIGNATURE_STALE. */
function assertOfNow({ exp }: Claims): void {
  const left = exp - Date.now() / 1000
  if (left <= -CLOCK_SECONDS || left > LONGEST_SECONDS + CLOCK_SECONDS)
    throw new FlatRenderError('NODE_SIGNATURE_STALE')
}

/** Keys that are kept ready: to make one takes as long as to verify by it. */
const MOST_KEYS = 10_000
const keys = new Map<string, KeyObject>()

function keyOf(publicKey: Buffer): KeyObject {
  const x = publicKey.toString('base64url')
  const known = keys.get(x)
  if (known !== undefined) return known
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  if (keys.size >= MOST_KEYS) keys.clear()
  keys.set(x, key)
  return key
}

/** Node's own function, here and now: the web's would do it in another thread, and a wake-up costs what a signature does. */
function isSignedBy(token: string, publicKey: Buffer): boolean {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return verify(null, Buffer.from(token.slice(0, end)), keyOf(publicKey), signature)
}
