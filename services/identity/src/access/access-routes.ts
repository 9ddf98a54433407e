import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { findContact } from './find-contact.ts'
import { findInvitee } from './find-invitee.ts'
import { findSender } from './find-sender.ts'
import { listMissing } from './list-missing.ts'
import { listPublicKeys } from './list-public-keys.ts'
import { listRevocations } from './list-revocations.ts'
import { recordRequests } from './record-requests.ts'
import { resolveKey } from './resolve-key.ts'
import { resolveTenant } from './resolve-tenant.ts'

const os = procedures.access

/** `access.*`: procedure → use case. */
export const accessRoutes = (identity: Identity) =>
  os.router({
    resolveTenant: os.resolveTenant.handler(({ context, input }) => resolveTenant(identity, context, input)),
    resolveKey: os.resolveKey.handler(({ context, input }) => resolveKey(identity, context, input)),
    jwks: os.jwks.handler(() => listPublicKeys(identity)),
    recordRequests: os.recordRequests.handler(({ input }) => recordRequests(identity, input)),
    contactOf: os.contactOf.handler(({ context, input }) => findContact(identity, context, input)),
    inviteeOf: os.inviteeOf.handler(({ context, input }) => findInvitee(identity, context, input)),
    senderOf: os.senderOf.handler(({ context }) => findSender(identity, context)),
    missing: os.missing.handler(({ input }) => listMissing(identity, input)),
    revocations: os.revocations.handler(() => listRevocations(identity)),
  })
