import { type Call, procedure } from '@flatrender/contracts/call'
import { guardAccess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { z } from 'zod'

/** A small service behind the gateway: what is asked of it is only that it is asked. */
export const probeContract = {
  greet: procedure('anyone')
    .route({ method: 'GET', path: '/greeting' })
    .output(z.object({ words: z.string() })),
  show: procedure('tenants:read')
    .route({ method: 'GET', path: '/probes/{id}' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ id: z.uuid(), tenantId: z.string() })),
  keep: procedure('tenants:read')
    .route({ method: 'POST', path: '/probes', successStatus: 201 })
    .input(z.object({ name: z.string().max(10), wait: z.int().default(0) }))
    .output(z.object({ name: z.string() })),
  forbidden: procedure('tenants:write')
    .route({ method: 'DELETE', path: '/probes/{id}' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
}

/** Its router, which tells of each name that is about to be kept and of each that was. */
export function createProbe({ begun = (_name: string) => {}, done = (_name: string) => {} } = {}) {
  const os = implement(probeContract).$context<Call>().use(guardAccess)
  return os.router({
    greet: os.greet.handler(() => ({ words: 'good day' })),
    show: os.show.handler(({ input, context }) => ({ id: input.id, tenantId: context.actor.tenantId })),
    keep: os.keep.handler(async ({ input: { name, wait } }) => {
      begun(name)
      await new Promise((resolve) => setTimeout(resolve, wait))
      done(name)
      return { name }
    }),
    forbidden: os.forbidden.handler(() => ({})),
  })
}
