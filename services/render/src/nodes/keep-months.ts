import type { Render } from '../deps.ts'
import { ensureHealthMonths } from './health-system-store.ts'

/** Makes the months of nodes' health that come, and drops those that are too old. */
export const keepMonths = ({ system, config }: Render): Promise<void> =>
  system.transact((transaction) => ensureHealthMonths(transaction, config.healthMonths))
