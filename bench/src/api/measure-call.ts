import { type Call, DEFAULT_TENANT_ID, procedure } from '@flatrender/contracts/call'
import { callInProcess, guardAccess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { z } from 'zod'
import { median } from '../engine/median.ts'

const user = z.object({ id: z.uuid(), email: z.email(), name: z.string(), roles: z.array(z.string()) })
const contract = {
  read: procedure('self:read')
    .input(z.object({ id: z.uuid() }))
    .output(user),
}
const id = '01a205c8-f014-7286-b7fa-9c3b0325c6ff'
const work = async (input: { id: string }) => ({
  ...input,
  email: 'a@example.com',
  name: 'A',
  roles: ['member'],
})

/** Microseconds that a call between services in one process costs over a plain function call, both ways validated. */
export async function measureCall(rounds: number): Promise<number> {
  const os = implement(contract).$context<Call>().use(guardAccess)
  const client = callInProcess<typeof contract>(
    os.router({ read: os.read.handler(({ input }) => work(input)) }),
  )
  const context: Call = {
    actor: {
      kind: 'user',
      id,
      tenantId: DEFAULT_TENANT_ID,
      visibleTenants: [],
      permissions: ['self:read'],
      sessionId: id,
    },
    requestId: 'bench',
    address: null,
    userAgent: null,
    idempotencyKey: null,
  }
  const time = async (call: () => Promise<unknown>) => {
    const calls = 5000
    const begun = performance.now()
    for (let count = 0; count < calls; count++) await call()
    return ((performance.now() - begun) / calls) * 1000
  }
  await time(() => client.read({ id }, { context }))
  const costs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const direct = await time(() => work({ id }))
    costs.push((await time(() => client.read({ id }, { context }))) - direct)
  }
  return median(costs)
}
