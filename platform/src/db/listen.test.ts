import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestDatabase } from '@flatrender/database/testbed'
import { sql } from 'kysely'
import pg from 'pg'
import { openSystemDatabase } from './open-database.ts'

test('who listens hears what is committed, and listens again once a lost connection is back', async () => {
  const database = await openTestDatabase()
  const url = database.urlOf('flatrender_render_system')
  const system = openSystemDatabase({ url, connections: 1, name: 'test' })
  let count = 0
  const waiting = new Set<() => void>()
  const listener = system.listen('bell', () => {
    count++
    for (const wake of waiting) wake()
  })
  const heard = async (times: number) => {
    while (count < times)
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
  }
  const notify = () =>
    system.transact((transaction) => sql`select pg_notify('bell', '')`.execute(transaction))
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    await heard(1)
    await notify()
    await heard(2)
    await assert.rejects(
      system.transact(async (transaction) => {
        await sql`select pg_notify('bell', '')`.execute(transaction)
        throw new Error('undone')
      }),
      /undone/,
    )
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`,
    )
    await heard(3)
    assert.equal(count, 3, 'what is undone is not told')
    await notify()
    await heard(4)
  } finally {
    await listener.close()
    await Promise.all([system.close(), owner.end()])
    await database.close()
  }
})
