import type { Call, Client } from '@flatrender/contracts/call'
import type { AnyContractRouter } from '@orpc/contract'
import { createRouterClient, type Router } from '@orpc/server'
import { normaliseError } from './normalise-error.ts'

/** A service in this process, as others call it: what `callOverHttp` gives for one in another. */
export function callInProcess<Contract extends AnyContractRouter>(
  router: Router<Contract, Call>,
): Client<Contract> {
  const client = createRouterClient<Router<AnyContractRouter, Call>, Call>(
    router as Router<AnyContractRouter, Call>,
    {
      context: (call) => call,
      interceptors: [
        async ({ next, path }) => {
          try {
            return await next()
          } catch (error) {
            throw normaliseError(error, path)
          }
        },
      ],
    },
  )
  return client as Client<Contract>
}
