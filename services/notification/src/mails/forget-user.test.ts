import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const look = () =>
  testbed.ask<{ id: string; recipient_hash: Buffer | null; sealed_recipient: Buffer | null; state: string }>(
    'select user_id as id, recipient_hash, sealed_recipient, state from notification.deliveries order by created_at, id',
  )
const mail = (userId: string) =>
  testbed.consume(testbed.makeEvent({ type: 'identity.password.changed', subject: userId, data: { userId } }))

test('of a deleted user no address stays, nor what they were told, and those of others do', async () => {
  const leaving = testbed.addContact('leaving@example.com')
  const staying = testbed.addContact('staying@example.com')
  for (const id of [leaving, staying]) await mail(id)
  // One that is still to be sent, and the invitation of before.
  await testbed.ask(`insert into notification.deliveries
    (tenant_id, event_id, user_id, channel, type, language, recipient_hash, sealed_recipient, state, next_attempt_at)
    select tenant_id, gen_random_uuid(), user_id, channel, type, language, recipient_hash, 'sealed', 'pending', now()
    from notification.deliveries where user_id = '${leaving}'`)
  await testbed.ask(`insert into notification.deliveries
    (tenant_id, event_id, channel, type, language, recipient_hash, state, finished_at)
    select tenant_id, gen_random_uuid(), channel, 'identity.invitation.requested', language, recipient_hash, 'sent', now()
    from notification.deliveries where user_id = '${leaving}' limit 1`)
  for (const id of [leaving, staying]) {
    await testbed.ask(`insert into notification.notifications (tenant_id, user_id, event_id, type, payload)
      select platform.current_tenant(), '${id}', gen_random_uuid(), 'a.b', '{"title": {}}'`)
    await testbed.ask(`insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled)
      select platform.current_tenant(), '${id}', 'email', 'a.b', true`)
    await testbed.ask(`insert into notification.telegram_links (tenant_id, user_id, chat_id, linked_at)
      select platform.current_tenant(), '${id}', 1, now()`)
  }
  testbed.removeContact(leaving)
  const deleted = testbed.makeEvent({
    type: 'identity.user.deleted',
    subject: leaving,
    data: { userId: leaving },
  })
  await testbed.consume(deleted)
  await testbed.consume(deleted)
  const rows = await look()
  assert.equal(rows.length, 4)
  for (const { id, recipient_hash, sealed_recipient, state } of rows) {
    assert.equal(sealed_recipient, null)
    assert.equal(recipient_hash !== null, id === staying)
    assert.notEqual(state, 'pending')
  }
  assert.equal(rows.filter(({ state }) => state === 'suppressed').length, 1)
  for (const table of ['notifications', 'notification_preferences', 'telegram_links'])
    assert.deepEqual(await testbed.ask(`select user_id from notification.${table}`), [{ user_id: staying }])
  // What comes late finds nobody.
  await mail(leaving)
  assert.equal((await look()).length, 4)
  await mail(randomUUID())
  assert.equal(testbed.mails.length, 2)
})

test('who is deleted while a mail to them is begun gets none, and leaves no address', async () => {
  const leaving = testbed.addContact('at-once@example.com')
  const sent = testbed.mails.length
  testbed.onceAsked(() => testbed.removeContact(leaving))
  await mail(leaving)
  assert.equal(testbed.mails.length, sent)
  const [row] = (await look()).filter(({ id }) => id === leaving)
  assert.deepEqual([row?.state, row?.recipient_hash, row?.sealed_recipient], ['suppressed', null, null])
})
