import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAsSystem } from '@flatrender/contracts/call'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

test('a person gets what was mailed to them and what they wished for, without addresses', async () => {
  const [mine, theirs] = [testbed.addContact('mine@example.com'), testbed.addContact('theirs@example.com')]
  for (const userId of [mine, theirs]) {
    const type = 'identity.password.changed'
    await testbed.consume(testbed.makeEvent({ type, subject: userId, data: { userId } }))
    await testbed.ask(`insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled)
      select platform.current_tenant(), '${userId}', 'email', 'a.b', true`)
  }
  const { rows } = await testbed.client.rows.ofUser({ userId: mine }, { context: callAsSystem() })
  assert.deepEqual(
    rows.deliveries!.map(({ user_id, type, state }) => [user_id, type, state]),
    [[mine, 'identity.password.changed', 'sent']],
  )
  assert.ok(!('recipient_hash' in rows.deliveries![0]!))
  assert.deepEqual(
    rows.notification_preferences!.map(({ user_id, enabled }) => [user_id, enabled]),
    [[mine, true]],
  )
})
