import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { withClient } from '@flatrender/database'
import { eventually } from '../testbed/api-client.ts'
import { openHome } from '../testbed/open-home.ts'
import type { Opened } from './opened.ts'

const LEAVE = `insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled)
  select tenant_id, $1, 'email', 'render.job.succeeded', true from identity.users limit 1`
const SHOW = `update identity.users set avatar_file_id = $1 where email = 'owner@flatrender.local'`
const DO_NOW = `select graphile_worker.add_job(service || '.check-references')
  from unnest(array['identity', 'content', 'render', 'notification']) as service`

/** What names a user or a file that nobody knows is told, by a number and a line. */
export async function proveReferences({ installation, home }: Opened): Promise<void> {
  const { ownerUrl, close } = await openHome(home)
  const [user, file] = [randomUUID(), randomUUID()]
  await withClient(ownerUrl, async (client) => {
    await client.query(LEAVE, [user])
    await client.query(SHOW, [file])
    await client.query(DO_NOW)
  })
  await close()
  const { url, processes } = installation
  const doors = processes.flatMap((server) => /metrics +are at (\S+)/.exec(server.output())?.[1] ?? [])
  const read = async (address: string) => (await fetch(address)).text()
  const numbers = await eventually(30, async () => {
    const all = (await Promise.all([`${url}/metrics`, ...doors].map(read))).join('\n')
    const dangling = (column: string) =>
      new RegExp(`^flatrender_dangling_references\\{column="${column}"\\} (\\d+)$`, 'm').exec(all)?.[1]
    const found = [
      dangling('notification\\.notification_preferences\\.user_id'),
      dangling('identity\\.credit_accounts\\.account_id'),
      dangling('content\\.template_tags\\.tag_id'),
      dangling('identity\\.users\\.avatar_file_id'),
      dangling('render\\.render_jobs\\.template_version_id'),
    ]
    return found.includes(undefined) ? undefined : found
  })
  assert.deepEqual(numbers, ['1', '0', '0', '1', '0'])
  const said = processes.map((server) => server.output()).join('')
  assert.match(said, new RegExp(`notification_preferences\\.user_id names 1 rows [^\\n]*${user}`))
  assert.match(said, new RegExp(`users\\.avatar_file_id names 1 rows [^\\n]*${file}`))
}
