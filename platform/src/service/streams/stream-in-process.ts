import type { RawRoute, RawRoutes } from '@flatrender/contracts/call'
import type { InProcessOptions } from '../call-in-process.ts'
import { describeWork, withTrace } from '../describe-work.ts'
import { assertAccess } from '../guard-access.ts'
import type { RawAnswer, RawClient, RawHandler } from './raw-handler.ts'

/**
 * Raw routes of a service in this process, as others ask them: what `streamOverHttp` gives for one in another. None is
 * answered to whom its access rule refuses. Errors: ACCESS_UNPROVEN, ACCESS_FORBIDDEN, and those of the handlers.
 */
export function streamInProcess<Routes extends RawRoutes>(
  routes: Routes,
  handlers: RawClient<Routes>,
  options?: InProcessOptions,
): RawClient<Routes> {
  const entries = Object.entries(routes).map(([name, route]) => [
    name,
    guard(name, route, handlers[name as keyof Routes], options),
  ])
  return Object.fromEntries(entries) as RawClient<Routes>
}

function guard(
  name: string,
  route: RawRoute,
  handler: RawHandler,
  options: InProcessOptions | undefined,
): RawHandler {
  return async (call, request) => {
    const answer = async (trace = call.trace): Promise<RawAnswer | undefined> => {
      try {
        assertAccess(call, route.access)
        return await handler(withTrace(call, trace), request)
      } catch (error) {
        // Whoever left stopped what was done for them: no bug is to be told of.
        if (request.signal.aborted) return undefined
        throw error
      }
    }
    const answered = await (options === undefined
      ? answer()
      : options.observe(describeWork(options.service, [name], call), answer))
    if (answered === undefined) throw request.signal.reason
    return answered
  }
}
