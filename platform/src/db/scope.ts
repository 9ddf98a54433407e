/** On whose behalf a transaction runs: it sees this tenant's rows, and what the tenants above it share. */
export interface TenantScope {
  readonly tenantId: string
  /** The tenants above, whose shared rows of catalogues are visible. */
  readonly visibleTenants: readonly string[]
}
