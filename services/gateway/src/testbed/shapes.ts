import { randomBytes } from 'node:crypto'
import type { Call, Client } from '@flatrender/contracts/call'
import { callInProcess, callOverHttp, listenForServices } from '@flatrender/platform/service'
import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'

/** A service as the gateway reaches it. */
export interface ReachedService<Contract extends AnyContractRouter> {
  readonly client: Client<Contract>
  /** What the service didn't expect. */
  readonly errors: readonly unknown[]
  close(): Promise<void>
}

/** The two ways in which a gateway reaches a service: by function in its own process, or over HTTP. */
export const shapes = {
  together: async <Contract extends AnyContractRouter>(
    router: Router<Contract, Call>,
  ): Promise<ReachedService<Contract>> => ({
    client: callInProcess(router),
    errors: [],
    close: async () => {},
  }),
  apart: async <Contract extends AnyContractRouter>(
    router: Router<Contract, Call>,
  ): Promise<ReachedService<Contract>> => {
    const key = randomBytes(32)
    const errors: unknown[] = []
    const served = {
      name: 'test',
      router: router as never,
      key,
      onError: (error: unknown) => errors.push(error),
    }
    const door = await listenForServices([served], { host: '127.0.0.1', port: 0 })
    const client = callOverHttp<Contract>({ url: door.url, service: 'test', caller: 'gateway', key })
    return { client, errors, close: door.close }
  },
}
