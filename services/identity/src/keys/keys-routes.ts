import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { createKey } from './create-key.ts'
import { listKeys } from './list-keys.ts'
import { revokeKey } from './revoke-key.ts'

const os = procedures.keys

/** `keys.*`: procedure → use case. */
export const keysRoutes = (identity: Identity) =>
  os.router({
    create: os.create.handler(({ context, input }) => createKey(identity, context, input)),
    list: os.list.handler(({ context, input }) => listKeys(identity, context, input)),
    revoke: os.revoke.handler(({ context, input }) => revokeKey(identity, context, input)),
  })
