import { withClient } from '@flatrender/database'

/** How far what tenants got is from what their weights say. */
export interface Shares {
  readonly tenants: number
  /** Greatest difference of a tenant's milliseconds of work, as a share of its due. */
  readonly greatest: number
  readonly mean: number
}

/** This moment, by PostgreSQL's clock. */
export function markMoment(url: string): Promise<Date> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
    return rows[0]!.now
  })
}

/** Milliseconds of work that tenants had since a moment, against their weights. */
export async function measureShares(url: string, since: Date): Promise<Shares> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ off: number }>(
      `with work as (
        select share.tenant_id, share.weight, coalesce(sum(job.worked_ms), 0)::float8 as had from render.tenant_shares as share
        left join render.frame_jobs as job on job.payer_tenant_id = share.tenant_id and job.finished_at >= $1 group by 1, 2
      )
      select abs(had / (sum(had) over () * weight / sum(weight) over ()) - 1) as off from work`,
      [since],
    ),
  )
  const off = rows.map((row) => row.off)
  return {
    tenants: off.length,
    greatest: Math.max(...off),
    mean: off.reduce((sum, one) => sum + one, 0) / off.length,
  }
}
