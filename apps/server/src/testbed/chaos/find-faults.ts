import { setTimeout } from 'node:timers/promises'
import { withClient } from '@flatrender/database'
import { openDeadJobs } from '@flatrender/platform/events'
import { openStorage, storageSettingsSchema } from '@flatrender/platform/storage'
import type { OpenHome } from '../open-home.ts'

/** What must not be when nobody works any more: a question, and what each row that it finds means. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'a render that has not ended': `select id::text from render.render_jobs
    where state not in ('succeeded', 'failed', 'cancelled')`,
  'a frame job still leased, or waiting for nobody': `select id::text || ' ' || state from render.frame_jobs
    where state in ('leased', 'pending')`,
  // What was promised to a render that never came to be is free again after ten minutes.
  'credits still held': `select reference from identity.credit_reservations where state = 'held' and (expires_at < now()
    or exists (select from render.render_jobs job where job.id::text = reference))`,
  'an account whose balance is not the sum of its entries': `select account_id::text
    from identity.credit_accounts account
    where balance <> (select coalesce(sum(amount), 0) from identity.credit_entries entry
      where (entry.tenant_id, entry.account_id) = (account.tenant_id, account.account_id))`,
  'an account that promised what nobody holds': `select account_id::text from identity.credit_accounts account
    where reserved <> (select coalesce(sum(amount), 0) from identity.credit_reservations reservation
      where (reservation.tenant_id, reservation.account_id) = (account.tenant_id, account.account_id) and state = 'held')`,
  'a success that cost something else than it said': `select job.id::text from render.render_jobs job
    where state = 'succeeded' and credits_settled is distinct from (
      select -sum(amount) from identity.credit_entries entry
      where entry.kind = 'settle' and entry.reference = job.id::text)`,
  'an end without success that cost something': `select job.id::text from render.render_jobs job
    where state in ('failed', 'cancelled')
      and exists (select from identity.credit_entries where kind = 'settle' and reference = job.id::text)`,
  'a success without its file, or with two': `select job.id::text from render.render_jobs job
    where state = 'succeeded' and 1 <> (select count(*) from render.exports export
      where export.render_job_id = job.id and export.state = 'ready')`,
  'a share that counts what is not there': `select tenant_id::text from render.tenant_shares
    where running <> 0 or pending_preview + pending_interactive + pending_batch <> 0`,
  'an account’s share that does': `select account_id::text from render.account_shares
    where running <> 0 or pending_preview + pending_interactive + pending_batch <> 0`,
}

/**
 * Columns that name a stored file, and in which state their rows are. A row is there before its file and after it: whoever is
 * killed between the two leaves it so, until housekeeping comes, and it says that the file was to be painted or put, or is to go.
 * What a render says of itself is nothing of its plan's.
 */
const COLUMNS = `select format(
    'select %I as key, %s as state from %I.%I as one where %I is not null',
    column_name, case column_name when 'plan_object_key' then 'null' else 'to_jsonb(one)->>''state''' end, table_schema, table_name, column_name
  ) as question
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema in ('render', 'file_mgr') and column_name in ('object_key', 'plan_object_key', 'storage_key')
    and table_type = 'BASE TABLE'`

/** States of rows whose file needn't be there. */
const ABSENT = ['missing', 'evicted', 'storing', 'removing', 'failed', 'expired']

/** What is not as it must be, a line each, once all that follows from the ends of renders has had a minute to be done. */
export async function findFaults(home: string, opened: OpenHome): Promise<string[]> {
  for (let left = 60; ; left--) {
    const faults = await lookForFaults(home, opened)
    if (faults.length === 0 || left === 0) return faults
    await setTimeout(1000)
  }
}

async function lookForFaults(home: string, { ownerUrl, keys }: OpenHome): Promise<string[]> {
  const settings = storageSettingsSchema.parse({})
  const storage = await openStorage({ settings, home, secretKeys: keys })
  const stored = new Set<string>()
  for await (const { key } of storage.list()) stored.add(key)
  await storage.close()
  const queue = await openDeadJobs(ownerUrl)
  const dead = await queue.list(100)
  await queue.close()
  return withClient(ownerUrl, async (client) => {
    const faults = dead.map(({ task, error }) => `a job of the queue that was given up: ${task} ${error}`)
    for (const [meaning, question] of Object.entries(QUESTIONS)) {
      const { rows } = await client.query({ text: question, rowMode: 'array' })
      for (const [what] of rows) faults.push(`${meaning}: ${what}`)
    }
    const named = new Set<string>()
    for (const { question } of (await client.query<{ question: string }>(COLUMNS)).rows)
      for (const { key, state } of (await client.query<{ key: string; state: string | null }>(question))
        .rows) {
        named.add(key)
        if (!ABSENT.includes(state ?? '') && !stored.has(key))
          faults.push(`a row without its object: ${key} (${state})`)
      }
    // What a lost lease has brought stays where it arrived, until its address is over.
    for (const key of stored)
      if (/^(render(?!\/arriving)|file)\//.test(key) && !named.has(key))
        faults.push(`an object without a row: ${key}`)
    return faults
  })
}
