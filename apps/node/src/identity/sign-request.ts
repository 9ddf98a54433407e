import { randomUUID } from 'node:crypto'
import { NODE_TOKEN_AUDIENCE, NODE_TOKEN_SECONDS } from '@flatrender/contracts/node'
import { SignJWT } from 'jose'
import type { NodeIdentity } from './node-identity.ts'

/** The credential of one request: a token of the node's own, good once and for less than a minute. `now` in milliseconds. */
export async function signRequest(identity: NodeIdentity, now: number): Promise<string> {
  const issued = Math.floor(now / 1000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(identity.nodeId ?? '')
    .setAudience(NODE_TOKEN_AUDIENCE)
    .setIssuedAt(issued)
    .setExpirationTime(issued + NODE_TOKEN_SECONDS)
    .setJti(randomUUID())
    .sign(identity.privateKey)
}
