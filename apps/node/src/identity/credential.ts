import { NODE_TOKEN_AUDIENCE, NODE_TOKEN_SECONDS } from '@flatrender/contracts/node'
import { SignJWT } from 'jose'
import type { FarmClock } from '../farm/farm-clock.ts'
import type { NodeIdentity } from './node-identity.ts'

/** Seconds before its end at which a token is shown no more: it may be on its way for a while. */
const SPARE = 10

/** What a node shows with its requests: a token that it has signed, the same until it nears its end. */
export interface Credential {
  /** Undefined before the node has enrolled. */
  show(): Promise<string | undefined>
  /** The server doesn't take the token any more: the next is a new one. */
  forget(): void
}

/** Opens the credential of whoever the node is, by the server's time. */
export function openCredential(identify: () => NodeIdentity, clock: Pick<FarmClock, 'now'>): Credential {
  let last: { readonly token: string; readonly nodeId: string; readonly issued: number } | undefined
  return {
    async show() {
      const { nodeId, privateKey } = identify()
      if (nodeId === undefined) return undefined
      const issued = Math.floor(clock.now() / 1000)
      if (last?.nodeId === nodeId) {
        const age = issued - last.issued
        // After a clock was set back it would be of tomorrow.
        if (age >= 0 && age < NODE_TOKEN_SECONDS - SPARE) return last.token
      }
      const token = await sign({ nodeId, privateKey }, issued)
      last = { token, nodeId, issued }
      return token
    },
    forget() {
      last = undefined
    },
  }
}

/** Signs a token; `issued` in seconds since 1970. */
function sign(
  { nodeId, privateKey }: { readonly nodeId: string; readonly privateKey: NodeIdentity['privateKey'] },
  issued: number,
): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(nodeId)
    .setAudience(NODE_TOKEN_AUDIENCE)
    .setIssuedAt(issued)
    .setExpirationTime(issued + NODE_TOKEN_SECONDS)
    .sign(privateKey)
}
