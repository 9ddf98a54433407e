import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { mailedTypes, tokenTypes } from '../words/words.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const security = mailedTypes.filter((type) => !tokenTypes.some((bringing) => bringing === type))

test('what happens to an account is mailed to its user, once, however often it is told', async () => {
  for (const type of security) {
    const userId = testbed.addContact('sara@example.com')
    // A factor’s events are about the factor.
    const subject = type.startsWith('identity.factor.') ? randomUUID() : userId
    const event = testbed.makeEvent({ type, subject, data: { userId } })
    await testbed.consume(event)
    await testbed.consume(event)
    const mails = testbed.mails.splice(0)
    assert.deepEqual(
      mails.map(({ to }) => to),
      ['sara@example.com'],
      type,
    )
  }
})

test('who is gone gets no mail, and nothing of them is kept', async () => {
  const event = testbed.makeEvent({
    type: 'identity.password.changed',
    subject: randomUUID(),
    data: { userId: randomUUID() },
  })
  await testbed.consume(event)
  assert.deepEqual(testbed.mails, [])
  assert.deepEqual(
    await testbed.ask(`select id from notification.deliveries where event_id = '${event.id}'`),
    [],
  )
})

test('an event that must bring a token and has none fails loudly', async () => {
  const userId = testbed.addContact('token@example.com')
  const type = 'identity.password_reset.requested'
  const event = testbed.makeEvent({ type, subject: userId, data: { userId } })
  await assert.rejects(testbed.consume(event), /has no token/)
})
