import { enqueue } from '@flatrender/platform/events'
import type { Identity } from '../deps.ts'

/** Has due tries made now. Where that is lost, the job finds them within a minute. */
export async function wakeDeliveries({ system }: Identity): Promise<void> {
  await system.transact((transaction) =>
    enqueue(transaction, { task: 'identity.deliver-webhooks', key: 'now' }),
  )
}
