import type { Call } from '@flatrender/contracts/call'
import { identityContract } from '@flatrender/contracts/identity'
import { guardAccess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { readClient } from './access/read-client.ts'

/** The contract, to be given handlers; before each, the caller's right to it is checked. */
export const procedures = implement(identityContract)
  .$context<Call>()
  .use(guardAccess)
  .use(({ context, next }) => next({ context: readClient(context) }))
