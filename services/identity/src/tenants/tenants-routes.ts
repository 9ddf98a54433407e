import { actInTenant } from '../acting/act-in-tenant.ts'
import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { createTenant } from './create-tenant.ts'
import { listTenants } from './list-tenants.ts'
import { resumeTenant } from './resume-tenant.ts'
import { suspendTenant } from './suspend-tenant.ts'

const os = procedures.tenants

/** `tenants.*`: procedure → use case. */
export const tenantsRoutes = (identity: Identity) =>
  os.router({
    create: os.create.handler(({ context, input }) => createTenant(identity, context, input)),
    list: os.list.handler(({ context, input }) => listTenants(identity, context, input)),
    suspend: os.suspend.handler(({ context, input }) => suspendTenant(identity, context, input)),
    resume: os.resume.handler(({ context, input }) => resumeTenant(identity, context, input)),
    act: os.act.handler(({ context, input }) => actInTenant(identity, context, input)),
  })
