import type { NodeDescription } from '@flatrender/contracts/node'
import { keepAsking, type Perseverance } from './farm/keep-asking.ts'
import type { Farm } from './farm/open-farm.ts'
import type { NodeIdentity } from './identity/node-identity.ts'
import type { Enrolment } from './node-options.ts'

/** How a node enrols, what it says of itself, and how patiently it asks. */
export interface EnrolOptions extends Perseverance {
  readonly enrolment: Enrolment
  readonly description: NodeDescription
}

/** Enrols a node, unless it is enrolled. Errors: NODE_ENROLMENT_REFUSED, NODE_VERSION_REFUSED; the signal's reason. */
export async function enrol(
  farm: Farm,
  identity: NodeIdentity,
  { enrolment, description, ...how }: EnrolOptions,
): Promise<NodeIdentity> {
  const { nodeId, publicKey } = identity
  const { signal } = how
  if ('enrol' in enrolment) {
    const { nodeId: known } = await keepAsking(() => enrolment.enrol(publicKey, description), how)
    return known === nodeId ? identity : identity.enrolled(known)
  }
  const { token } = enrolment
  if (nodeId !== undefined || token === undefined) return identity
  const enrolled = await keepAsking(() => farm.enrol({ token, publicKey, description }, { signal }), how)
  return identity.enrolled(enrolled.nodeId)
}
