import { accessOf, type Call } from '@flatrender/contracts/call'
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { implement, type Router } from '@orpc/server'

/** A service's client at any depth: a function for a procedure, an object for what holds procedures. */
type ClientNode = { readonly [name: string]: ClientNode } & ((
  input: unknown,
  options: { readonly context: Call; readonly signal?: AbortSignal; readonly lastEventId?: string },
) => Promise<unknown>)

/** A router that answers a service's contract by asking the service; what is between services alone is left out. */
export function exposeContract(contract: AnyContractRouter, client: object): Router<AnyContractRouter, Call> {
  const entries = Object.entries(contract).flatMap(([name, part]) => {
    const node = (client as ClientNode)[name] as ClientNode
    if (!isContractProcedure(part)) {
      const inner = exposeContract(part as AnyContractRouter, node)
      return Object.keys(inner).length === 0 ? [] : [[name, inner]]
    }
    if (accessOf(part) === 'service') return []
    const procedure = implement(part)
      .$context<Call>()
      .handler(({ input, context, signal, lastEventId }) =>
        node(input, {
          context,
          ...(signal && { signal }),
          ...(lastEventId !== undefined && { lastEventId }),
        }),
      )
    return [[name, procedure]]
  })
  return Object.fromEntries(entries) as Router<AnyContractRouter, Call>
}
