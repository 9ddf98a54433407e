import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Actor, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { NODE_TOKEN_AUDIENCE } from '@flatrender/contracts/node'
import { decodeJwt, errors, jwtVerify } from 'jose'
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
  const nodeId = readSubject(token)
  const node = nodeId && (await render.knownNodes.find(nodeId))
  if (!node || node.public_key === null || node.state === 'retired') throw new FlatRenderError('NODE_UNKNOWN')
  await verify(token, node.public_key, node.id)
  const { id, tenant_id: tenantId } = node
  const visibleTenants = tenantId === DEFAULT_TENANT_ID ? [] : [DEFAULT_TENANT_ID]
  return {
    actor: { kind: 'node', id, tenantId, visibleTenants, permissions: ['farm:work'], sessionId: null },
  }
}

/** Whose it says it is; undefined for what is no token. */
function readSubject(token: string): string | undefined {
  try {
    return z.uuid().safeParse(decodeJwt(token).sub).data
  } catch {
    // It says by throwing that a text is no token.
    return undefined
  }
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

async function verify(token: string, publicKey: Buffer, subject: string): Promise<void> {
  try {
    const { payload } = await jwtVerify(token, keyOf(publicKey), {
      algorithms: ['EdDSA'],
      audience: NODE_TOKEN_AUDIENCE,
      subject,
      clockTolerance: CLOCK_SECONDS,
      requiredClaims: ['exp'],
    })
    // However long a node wished to be believed, a minute it is, and by our clock.
    if (payload.exp! > Date.now() / 1000 + LONGEST_SECONDS + CLOCK_SECONDS)
      throw new FlatRenderError('NODE_SIGNATURE_STALE')
  } catch (cause) {
    if (isFlatRenderError(cause)) throw cause
    // The key is right then, and the clock is not: the node can tell the two apart.
    const stale = cause instanceof errors.JWTExpired
    throw new FlatRenderError(stale ? 'NODE_SIGNATURE_STALE' : 'NODE_UNKNOWN', {}, { cause })
  }
}
