import { randomBytes, randomUUID } from 'node:crypto'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openTenantDatabase } from '@flatrender/platform/db'
import type { Event } from '@flatrender/platform/events'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import type { Mail } from '../mails/mailer.ts'
import { createNotificationService, type NotificationDeps } from '../service.ts'

/** The service on a PostgreSQL of a test file's own, with people who can be reached, and what was mailed to them. */
export type Testbed = Awaited<ReturnType<typeof openTestbed>>

const scope = { tenantId: DEFAULT_TENANT_ID, visibleTenants: [] }

/** Starts the service on a fresh database. Who identity knows is said by the test. */
export async function openTestbed() {
  const database = await openTestDatabase()
  const door: NotificationDeps['database'] = openTenantDatabase({
    url: database.urlOf('flatrender_notification'),
    connections: 4,
    name: 'test',
  })
  const contacts = new Map<string, string>()
  const mails: Mail[] = []
  let asked = () => {}
  const access = {
    contactOf: async ({ userId }: { userId: string }) => {
      const email = contacts.get(userId)
      asked()
      asked = () => {}
      return email === undefined ? null : { email, name: 'Sara', language: 'en' }
    },
    senderOf: async () => ({
      name: null,
      address: null,
      replyTo: null,
      colors: {},
      termsUrl: null,
      privacyUrl: null,
      supportUrl: null,
      hidesPlatform: false,
    }),
  } as unknown as NotificationDeps['identity']['access']
  const service = createNotificationService({
    database: door,
    identity: { access },
    secretKeys: { present: randomBytes(32), former: [] },
    mailer: { name: 'test', send: async (mail) => void mails.push(mail), close: async () => {} },
  })
  return {
    mails,
    client: createRouterClient(service.router, { context: (call: Call) => call }),
    /** Lets identity know somebody; gives their id. */
    addContact(email: string): string {
      const id = randomUUID()
      contacts.set(id, email)
      return id
    },
    removeContact: (id: string) => contacts.delete(id),
    /** Does something once identity has said next where somebody is reached. */
    onceAsked(act: () => void) {
      asked = act
    },
    /** An event of the identity service in the default tenant. */
    makeEvent: (event: Pick<Event, 'type' | 'subject' | 'data'>): Event => ({
      ...event,
      id: randomUUID(),
      source: 'identity',
      tenantId: DEFAULT_TENANT_ID,
      happenedAt: new Date(),
      trace: null,
    }),
    /** Gives an event to every consumer that wants its type, as the queue would. */
    async consume(event: Event): Promise<void> {
      const { signal } = new AbortController()
      for (const { types, handle } of Object.values(service.consumers))
        if (types.includes(event.type)) await handle(event, signal)
    },
    ask: <Row>(query: string): Promise<Row[]> =>
      door.transact(scope, async (transaction) => (await sql.raw<Row>(query).execute(transaction)).rows),
    async close() {
      await door.close()
      await database.close()
    },
  }
}
