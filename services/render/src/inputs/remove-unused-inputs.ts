import type { Render } from '../deps.ts'
import { deleteInputs, takeUnusedInputs, unpinOldInputs } from './inputs-system-store.ts'

/** Removed in one go. */
const AT_ONCE = 100

/** Removes files for nodes that no render counts on and that were of no use for long, the file before its row. */
export async function removeUnusedInputs({ system, storage, config }: Render): Promise<void> {
  await system.transact((transaction) => unpinOldInputs(transaction, config.inputDays))
  for (;;) {
    const rows = await system.transact((transaction) =>
      takeUnusedInputs(transaction, { days: config.inputDays, limit: AT_ONCE }),
    )
    for (const { object_key } of rows) await storage.delete(object_key)
    await system.transact((transaction) => deleteInputs(transaction, rows))
    if (rows.length < AT_ONCE) return
  }
}
