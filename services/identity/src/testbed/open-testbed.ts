import { randomBytes } from 'node:crypto'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import { placeOf } from '@flatrender/contracts/secrets'
import { openTestDatabase } from '@flatrender/database/testbed'
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit, type Job } from '@flatrender/platform/events'
import { openOutbound } from '@flatrender/platform/outbound'
import { type SecretKeys, unseal } from '@flatrender/platform/secrets'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { createIdentityService, createOwner, type IdentityDeps, type IdentityTables } from '../service.ts'

/** A service of a test file's own, on a PostgreSQL of its own, and what looks behind it. */
export type Testbed = Awaited<ReturnType<typeof openTestbed>>

/** The call of a visitor of a tenant: the default one, from an address in the documentation’s network. */
export function visit({ tenantId = DEFAULT_TENANT_ID, address = '192.0.2.1' as string | null } = {}): Call {
  return {
    actor: {
      kind: 'visitor',
      id: null,
      tenantId,
      visibleTenants: [],
      permissions: [],
      sessionId: null,
    },
    requestId: 'test',
    address,
    userAgent: 'test',
    idempotencyKey: null,
  }
}

/** The call of FlatRender itself in a tenant. */
export function callAsSystem(tenantId = DEFAULT_TENANT_ID): Call {
  const call = visit({ tenantId, address: null })
  return { ...call, actor: { ...call.actor, kind: 'system' } }
}

/** The call of somebody with an access token, as the gateway makes it of its claims. */
export function callWith(accessToken: string, address = '192.0.2.1'): Call {
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString())
  const { sub: id, tenant: tenantId, above: visibleTenants, permissions, session: sessionId } = claims
  const call = visit({ tenantId, address })
  return { ...call, actor: { kind: 'user', id, tenantId, visibleTenants, permissions, sessionId } }
}

/** Starts the service on a fresh database; `more` is what it is told beside. */
export async function openTestbed(more: Partial<IdentityDeps> = {}) {
  const database = await openTestDatabase()
  const secretKeys: SecretKeys = { present: randomBytes(32), former: [] }
  const name = 'test'
  const deps: IdentityDeps = {
    database: openTenantDatabase<IdentityTables>({
      url: database.urlOf('flatrender_identity'),
      connections: 8,
      name,
    }),
    system: openSystemDatabase<IdentityTables>({
      url: database.urlOf('flatrender_identity_system'),
      connections: 4,
      name,
    }),
    secretKeys,
    keepers: {},
    outbound: openOutbound({ allowed: ['127.0.0.1'] }),
    emit,
    ...more,
  }
  const service = createIdentityService(deps)
  const queue = openSystemDatabase<never>({ url: database.urlOf('flatrender_worker'), connections: 1, name })
  /** Takes the waiting jobs of one kind off the queue; gives their payloads. */
  const takeJobs = async (task: keyof typeof service.jobs): Promise<unknown[]> => {
    const { rows } = await queue.transact((transaction) =>
      sql<{ payload: unknown }>`delete from graphile_worker._private_jobs as job
        using graphile_worker._private_tasks as task
        where task.id = job.task_id and task.identifier = ${task} returning job.payload`.execute(transaction),
    )
    return rows.map(({ payload }) => payload)
  }
  const ask = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    deps.system.transact(async (transaction) => (await query.execute(transaction)).rows)
  return {
    deps,
    jobs: service.jobs,
    consumers: service.consumers,
    /** What another process opens the same service by. */
    place: {
      url: database.urlOf('flatrender_identity'),
      systemUrl: database.urlOf('flatrender_identity_system'),
      secretKey: secretKeys.present.toString('base64'),
    },
    client: createRouterClient(service.router, { context: (call: Call) => call }),
    ask,
    /** The types of all events about a row, in order; those of one transaction by name. */
    async eventsOf(subject: string): Promise<string[]> {
      const rows = await ask(sql<{ type: string }>`select type from platform.events
        where subject = ${subject} order by happened_at, type`)
      return rows.map(({ type }) => type)
    },
    takeJobs,
    /** Does the waiting jobs of one kind; gives how many there were. */
    async runJobs(task: keyof typeof service.jobs): Promise<number> {
      const payloads = await takeJobs(task)
      const job: Job = service.jobs[task]
      for (const payload of payloads) await job(payload, new AbortController().signal)
      return payloads.length
    },
    /** The token that was last mailed to an address. */
    async readMail(email: string): Promise<string> {
      const rows = await ask(sql<{ id: string; sealed: string }>`
        select events.subject as id, events.data ->> 'sealedToken' as sealed from platform.events
        join identity.users on users.id::text = events.subject
        where users.email = ${email} and events.data ? 'sealedToken' order by events.happened_at desc limit 1`)
      const { id, sealed } = rows[0]!
      return unseal(
        secretKeys,
        placeOf('platform.events.data', { subject: id }),
        Buffer.from(sealed, 'base64'),
      ).toString()
    },
    /** The token that was last mailed with an invitation. */
    async readInvitation(invitationId: string): Promise<string> {
      const rows = await ask(sql<{ sealed: string }>`
        select data ->> 'sealedToken' as sealed from platform.events
        where subject = ${invitationId} and data ? 'sealedToken' order by happened_at desc limit 1`)
      const sealed = Buffer.from(rows[0]!.sealed, 'base64')
      return unseal(secretKeys, placeOf('platform.events.data', { subject: invitationId }), sealed).toString()
    },
    async close() {
      await Promise.all([deps.database.close(), deps.system.close(), queue.close()])
      await database.close()
    },
  }
}

/** A password that every test may use. */
export const PASSWORD = 'correct horse battery'

/** Registers, answers the mail and logs in; gives the tokens and the call that they make. */
export async function enter(testbed: Testbed, email: string, call = visit()) {
  const { client } = testbed
  await client.auth.register({ email, password: PASSWORD }, { context: call })
  await client.auth.verifyEmail({ token: await testbed.readMail(email) }, { context: call })
  const tokens = await logInFor(testbed, { email, password: PASSWORD }, call)
  return { tokens, call: callWith(tokens.accessToken, call.address ?? undefined) }
}

/** Logs somebody in who has no second factor; gives the tokens. */
export async function logInFor(
  { client }: Testbed,
  credentials: { email: string; password: string },
  call = visit(),
) {
  const answer = await client.auth.login(credentials, { context: call })
  if (!('accessToken' in answer)) throw new Error(`${credentials.email} has a second factor`)
  return answer
}

/** The owner of the default tenant, logged in. */
export async function enterAsOwner(testbed: Testbed): Promise<Call> {
  const email = 'owner@example.com'
  await createOwner(testbed.deps, { tenantId: DEFAULT_TENANT_ID, email, password: PASSWORD, name: '' })
  return logInAs(testbed, email)
}

/** Logs somebody in with the password that every test may use; gives the call that it makes. */
export async function logInAs(testbed: Testbed, email: string, call = visit()): Promise<Call> {
  const { accessToken } = await logInFor(testbed, { email, password: PASSWORD }, call)
  return callWith(accessToken, call.address ?? undefined)
}

/** Makes a tenant below the caller's, and logs its owner in. */
export async function openTenant(
  testbed: Testbed,
  parent: Call,
  kind: 'reseller' | 'customer',
  slug: string,
) {
  const email = `owner@${slug}.example.com`
  const tenant = await testbed.client.tenants.create(
    { kind, slug, name: slug, owner: { email, password: PASSWORD } },
    { context: parent },
  )
  return { tenant, email, call: await logInAs(testbed, email, visit({ tenantId: tenant.id })) }
}

/** Says whether an error is one of ours with this code; for `assert.rejects`. */
export function isCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => {
    if (isFlatRenderError(error, code)) return true
    throw error
  }
}
