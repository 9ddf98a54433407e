import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { openTestbed } from '../testbed/open-testbed.ts'

test('the coming months are made ahead, and requests older than the log is kept are gone', async () => {
  const testbed = await openTestbed({ requestLogDays: 40 })
  try {
    const parts = async () =>
      (
        await testbed.ask(sql<{ part: string }>`select inhrelid::regclass::text as part from pg_inherits
          where inhparent = 'identity.tenant_api_request_logs'::regclass order by part`)
      ).map(({ part }) => part)
    const ages = async () =>
      (
        await testbed.ask(sql<{ age: string }>`select request_id as age from identity.tenant_api_request_logs
          order by request_id::int`)
      ).map(({ age }) => Number(age))
    const add = (...days: number[]) =>
      testbed.ask(sql`insert into identity.tenant_api_request_logs
        (tenant_id, requested_at, request_id, method, route, status, duration_ms)
        select ${DEFAULT_TENANT_ID}::uuid, now() - make_interval(days => age), age::text, 'GET', '/', 200, 1
        from unnest(${days}::int[]) as age`)
    const job = () => testbed.jobs['identity.keep-months']()

    await add(-20, 0, 39, 41, 400)
    await job()
    assert.deepEqual(await ages(), [-20, 0, 39])
    const kept = await parts()
    const month = (ahead: number) => {
      const now = new Date()
      const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead))
      return `identity.tenant_api_request_logs_${first.toISOString().slice(0, 7).replace('-', '_')}`
    }
    for (const ahead of [0, 1, 2, 3]) assert.ok(kept.includes(month(ahead)), month(ahead))
    await job()
    assert.deepEqual(await parts(), kept)
    assert.deepEqual(await ages(), [-20, 0, 39])
  } finally {
    await testbed.close()
  }
})
