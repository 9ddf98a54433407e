import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import type { RenderName } from './render-name.ts'
import type { RenderRow } from './renders-store.ts'
import { findOpen } from './renders-system-store.ts'

/** Seconds that a render's credits stay promised, counted from each time; well over the hours between two. */
export const PROMISED_SECONDS = 3 * 86_400
const AT_ONCE = 500

/** The references under which a render's credits are reserved, each with its amount. */
export function listReservations({ id, credits_quoted, credits_reserved }: RenderRow) {
  const quoted = Number(credits_quoted)
  const rest = Number(credits_reserved) - quoted
  return [{ reference: id, amount: quoted }, ...(rest > 0 ? [{ reference: restOf(id), amount: rest }] : [])]
}

/** The reference of what a render costs beyond what was quoted before its media were known. */
export function restOf(renderId: string): string {
  return `${renderId}:rest`
}

/** Keeps a render's credits promised while it lives. Errors: CREDITS_SHORT where they had expired and are spent. */
export async function renewCredits({ identity }: Render, row: RenderRow): Promise<void> {
  const context = { context: callAsSystem(row.tenant_id) }
  for (const { reference } of listReservations(row))
    await identity.credits.renew(
      { accountId: row.account_id, reference, expiresInSeconds: PROMISED_SECONDS },
      context,
    )
}

/** Keeps the credits of all renders promised that are not over. */
export async function renewAllCredits(render: Render): Promise<void> {
  let after: RenderName | undefined
  for (;;) {
    const rows = await render.system.transact((transaction) =>
      findOpen(transaction, { after, limit: AT_ONCE }),
    )
    for (const row of rows)
      await renewCredits(render, row).catch((error: unknown) =>
        render.report?.(error, 'render.renew-credits'),
      )
    const last = rows.at(-1)
    if (last === undefined || rows.length < AT_ONCE) return
    after = { tenantId: last.tenant_id, renderId: last.id }
  }
}
