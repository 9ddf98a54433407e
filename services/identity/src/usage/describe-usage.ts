import type { UsageRow } from './usage-store.ts'

/** Turns the use of days into what is answered. */
export function describeUsage(rows: readonly UsageRow[]) {
  return {
    days: rows.map((row) => ({
      day: row.day,
      apiRequests: Number(row.api_requests),
      renders: row.renders,
      renderSeconds: Number(row.render_seconds),
      creditsSpent: Number(row.credits_spent),
      storageBytes: Number(row.storage_bytes),
      egressBytes: Number(row.egress_bytes),
    })),
  }
}
