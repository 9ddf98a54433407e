import type { GatewayDeps } from '../deps.ts'
import { openAccessTokens } from './access-tokens.ts'
import { openApiKeys } from './api-keys.ts'
import type { Authentication } from './identify-caller.ts'
import { openRevocations } from './revocations.ts'
import { openTenantDirectory } from './tenant-directory.ts'

/** All that finding out who asks needs. */
export function openAuthentication(deps: Pick<GatewayDeps, 'identity'>): Authentication {
  return {
    tenants: openTenantDirectory(deps),
    tokens: openAccessTokens(deps),
    keys: openApiKeys(deps),
    revocations: openRevocations(deps),
  }
}
