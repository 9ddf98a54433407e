import { withClient } from '../connect.ts'
import { assertIdle } from './assert-idle.ts'
import { assertPrepared } from './assert-prepared.ts'

/** Refuses a database that isn't prepared, or that services work in. Errors: DATABASE_UNPREPARED, DATABASE_IN_USE, DATABASE_UNREACHABLE. */
export async function assertUnused(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await assertPrepared(client)
    await assertIdle(client)
  })
}
