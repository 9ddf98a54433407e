import { FlatRenderError } from '@flatrender/contracts/errors'
import { withClient } from '../connect.ts'
import { assertIdle } from './assert-idle.ts'

/** Refuses a database that isn't prepared, or that services work in. Errors: DATABASE_UNPREPARED, DATABASE_IN_USE, DATABASE_UNREACHABLE. */
export async function assertUnused(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ made: boolean }>(
      `select to_regclass('platform.workers') is not null as made`,
    )
    if (rows[0]?.made !== true)
      throw new FlatRenderError('DATABASE_UNPREPARED', { database: client.database ?? '' })
    await assertIdle(client)
  })
}
