import type { NodeDescription } from '@flatrender/contracts/node'
import { keepAsking, type Perseverance } from './farm/keep-asking.ts'
import type { Farm } from './farm/open-farm.ts'
import type { NodeIdentity } from './identity/node-identity.ts'

/** Enrols a node by its token, unless it is enrolled. Errors: NODE_ENROLMENT_REFUSED, NODE_VERSION_REFUSED; the signal's reason. */
export async function enrol(
  farm: Farm,
  identity: NodeIdentity,
  {
    token,
    description,
    ...how
  }: Perseverance & { readonly token: string | undefined; readonly description: NodeDescription },
): Promise<NodeIdentity> {
  const { nodeId, publicKey } = identity
  if (nodeId !== undefined || token === undefined) return identity
  const { signal } = how
  const enrolled = await keepAsking(() => farm.enrol({ token, publicKey, description }, { signal }), how)
  return identity.enrolled(enrolled.nodeId)
}
