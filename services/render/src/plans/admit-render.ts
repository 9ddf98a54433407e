import type { Render } from '../deps.ts'
import { holdAccount } from '../renders/hold-account.ts'
import type { RenderName } from '../renders/render-name.ts'
import { findRender, type RenderRow } from '../renders/renders-store.ts'
import { countUnderWay, findQueued, moveRender, noteResting } from '../renders/renders-system-store.ts'

/**
 * A render that is to be prepared now: one that waits in the queue comes in if its account's plan lets another be worked on,
 * and none of its own goes before it. Undefined where there is nothing to prepare.
 */
export async function admitRender({ system }: Render, name: RenderName): Promise<RenderRow | undefined> {
  // Most had their place at once: that is one question, and no transaction.
  const known = await system.ask((transaction) => findRender(transaction, name))
  if (known?.state === 'preparing' && !known.resting) return known
  return system.transact(async (transaction) => {
    const row = await findRender(transaction, name)
    if (row?.state === 'preparing') {
      if (row.resting) await noteResting(transaction, name, false)
      return row
    }
    if (row?.state !== 'queued') return undefined
    const { running_cap: cap } = row
    if (cap !== null) {
      const account = { tenantId: row.tenant_id, accountId: row.account_id }
      await holdAccount(transaction, account, 'renders under way')
      const free = cap - (await countUnderWay(transaction, account))
      const next = free > 0 ? await findQueued(transaction, account, free) : []
      if (!next.some(({ renderId }) => renderId === row.id)) return undefined
    }
    return moveRender(transaction, name, 'preparing')
  })
}
