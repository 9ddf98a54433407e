import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { expireExports, findGoneExports, forgetObject } from './exports-system-store.ts'

/** In one go. */
const AT_ONCE = 100

/** Job: expires files whose time is over, takes them off the files of their owners, and removes what lies in the storage. */
export async function removeExpiredExports(render: Render): Promise<void> {
  const { system, storage } = render
  for (let count = AT_ONCE; count === AT_ONCE; ) {
    count = await system.transact(async (transaction) => {
      const rows = await expireExports(transaction, AT_ONCE)
      for (const { tenant_id: tenantId, id: exportId, render_job_id: renderId } of rows)
        await render.emit(transaction, {
          type: 'render.export.expired',
          tenantId,
          subject: exportId,
          data: { renderId: renderId!, exportId },
        })
      return rows.length
    })
  }
  for (let rows = AT_ONCE; rows === AT_ONCE; ) {
    const gone = await system.transact((transaction) => findGoneExports(transaction, AT_ONCE))
    for (const file of gone) {
      await render.files.files.forgetExport({ id: file.id }, { context: callAsSystem(file.tenant_id) })
      await storage.delete(file.object_key!)
      await system.transact((transaction) => forgetObject(transaction, file))
    }
    rows = gone.length
  }
}
