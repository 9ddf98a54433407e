import type { Call } from '@flatrender/contracts/call'
import type { ObservedWork } from '../observe/observe-work.ts'

/** A call of a procedure, for whoever hears of it. */
export function describeWork(service: string, path: readonly string[], call: Call): ObservedWork {
  const { requestId, actor, trace } = call
  return { kind: 'procedure', name: [service, ...path].join('.'), requestId, tenantId: actor.tenantId, trace }
}

/** The call as the procedure hears it: what it causes belongs to it. */
export function withTrace(call: Call, trace: string | undefined): Call {
  return trace === undefined || trace === call.trace ? call : { ...call, trace }
}
