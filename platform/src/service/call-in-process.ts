import type { Call, Client } from '@flatrender/contracts/call'
import type { AnyContractRouter } from '@orpc/contract'
import { createRouterClient, type Router } from '@orpc/server'
import type { Observe } from '../observe/observe-work.ts'
import { describeWork, withTrace } from './describe-work.ts'
import { normaliseError } from './normalise-error.ts'

/** Who hears of the calls of a service in this process. */
export interface InProcessOptions {
  readonly service: string
  readonly observe: Observe
}

/** What answers the calls of a service in its own process. */
export type ServiceRouter<Contract extends AnyContractRouter> = Router<Contract, Call>

/** A service in this process, as others call it: what `callOverHttp` gives for one in another. */
export function callInProcess<Contract extends AnyContractRouter>(
  router: ServiceRouter<Contract>,
  options?: InProcessOptions,
): Client<Contract> {
  const client = createRouterClient<Router<AnyContractRouter, Call>, Call>(
    router as Router<AnyContractRouter, Call>,
    {
      context: (call) => call,
      interceptors: [
        async (interception) => {
          const { context, path } = interception
          const answer = async (trace = context.trace) => {
            try {
              return await interception.next({ ...interception, context: withTrace(context, trace) })
            } catch (error) {
              throw normaliseError(error, path)
            }
          }
          if (options === undefined) return answer()
          return options.observe(describeWork(options.service, path, context), answer)
        },
      ],
    },
  )
  return client as Client<Contract>
}
