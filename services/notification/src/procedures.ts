import type { Call } from '@flatrender/contracts/call'
import { notificationContract } from '@flatrender/contracts/notification'
import { guardAccess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'

/** The contract, to be given handlers; before each, the caller's right to it is checked. */
export const procedures = implement(notificationContract).$context<Call>().use(guardAccess)
