import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { changeUrl, withClient } from './connect.ts'
import { schemas } from './describe-schema.ts'
import { prepareDatabase } from './prepare-database.ts'
import { derivePassword } from './role-password.ts'
import { groupRoles, serviceRoles } from './service-roles.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const secretKey = randomBytes(32)
let server: TestServer
before(async () => {
  server = await openServer()
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey })
})
after(() => server.close())

/** Rows of the catalogue, as the owner sees it; `$1` are our schemas. */
async function look<Row extends object>(question: string): Promise<Row[]> {
  return withClient(
    server.url('flatrender'),
    async (client) => (await client.query<Row>(question, question.includes('$1') ? [[...schemas]] : [])).rows,
  )
}

/** Tables that belong to nobody: what every service stands on, and keys that sign for all tenants. */
const nobodys = new Set([
  'platform.migrations',
  'platform.events',
  'platform.subscriptions',
  'platform.workers',
  'platform.handled_events',
  'identity.signing_keys',
])
/** The table whose own id is the tenant. */
const ROOT = 'identity.tenants'

/** Beside the tenant, its rows are one service's. */
const KEYS = 'platform.idempotency_keys'

const TABLES = `select c.oid, n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind in ('r', 'p')`

test('every table but nobody’s carries its tenant, first in its primary key', async () => {
  const rows = await look<{ name: string; first: string }>(`
    select t.name, (select attname from pg_attribute where attrelid = t.oid and attnum = k.conkey[1]) as first
    from (${TABLES}) t left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'`)
  assert.ok(rows.length > 100, `${rows.length} tables`)
  const wrong = rows.filter(({ name, first }) => first !== 'tenant_id' && name !== ROOT && !nobodys.has(name))
  assert.deepEqual(wrong, [])
})

test('every table that belongs to somebody, and every partition, enables and forces its policies', async () => {
  const rows = await look<{ name: string; enabled: boolean; forced: boolean }>(TABLES)
  const open = rows.filter(({ name, enabled, forced }) => !(enabled && forced) && !nobodys.has(name))
  assert.deepEqual(open, [])
})

test('there are two policy templates, and every table follows one', async () => {
  const mine = '(tenant_id = ( SELECT platform.current_tenant() AS current_tenant))'
  const shown = `(${mine} OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)))))`
  const own = [`own ALL ${mine} ${mine}`]
  const catalogue = [
    `added INSERT - ${mine}`,
    `changed UPDATE ${mine} ${mine}`,
    `removed DELETE ${mine} -`,
    `shown SELECT ${shown} -`,
  ]
  const rows = await look<{ name: string; policies: string[]; roles: string[] }>(`
    select schemaname || '.' || tablename as name,
      array_agg(policyname || ' ' || cmd || ' ' || coalesce(qual, '-') || ' ' || coalesce(with_check, '-') order by policyname)
        filter (where policyname <> 'system') as policies,
      array_agg(distinct roles::text order by roles::text) as roles
    from pg_policies where schemaname = any ($1) group by 1`)
  const strange = rows.filter(({ name, policies }) => {
    if (name === ROOT || name === KEYS || nobodys.has(name)) return false
    const found = (policies ?? []).map((policy) => policy.replaceAll('::uuid[]', '')).join()
    return found !== own.join() && found !== catalogue.join()
  })
  assert.deepEqual(strange, [])
  for (const { name, roles } of rows) {
    const schema = name.split('.')[0]!
    const service = `flatrender_${schema === 'file_mgr' ? 'file' : schema}`
    const expected =
      schema === 'platform'
        ? [
            '{flatrender_services}',
            '{flatrender_systems}',
            '{flatrender_worker}',
            '{flatrender_systems,flatrender_worker}',
          ]
        : [`{${service}_system}`, `{${service}}`]
    assert.deepEqual(
      roles.filter((role) => !expected.includes(role)),
      [],
      name,
    )
  }
})

test('no key crosses a schema but the one that is meant to', async () => {
  const rows = await look<{ key: string }>(`
    select k.conname || ': ' || a.relname || ' → ' || b.relname as key
    from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
    join pg_namespace n on n.oid = a.relnamespace
    where k.contype = 'f' and a.relnamespace <> b.relnamespace and n.nspname = any ($1)`)
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['earned_gifts__notification: earned_gifts → notifications'],
  )
})

test('a key between two tenants’ tables holds their tenants together', async () => {
  const rows = await look<{ key: string }>(`
    select k.conrelid::regclass || '.' || k.conname as key from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'tenant_id'
    join pg_attribute b on b.attrelid = k.confrelid and b.attname = 'tenant_id'
    where k.contype = 'f' and n.nspname = any ($1) and not (a.attnum = any (k.conkey) and b.attnum = any (k.confkey))`)
  assert.deepEqual(rows, [])
})

test('every id of another row is a key, or says whose it is', async () => {
  const rows = await look<{ column: string }>(`
    select t.name || '.' || a.attname as column from (${TABLES}) t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where a.atttypid = 'uuid'::regtype and a.attname ~ '_id$' and a.attname <> 'tenant_id'
      and t.name !~ '_([0-9]{4}_[0-9]{2}|default)$'
      and not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'f' and a.attnum = any (k.conkey))
      and col_description(t.oid, a.attnum) is null`)
  assert.deepEqual(rows, [])
})

test('constraints and indexes are named after their table, times end in _at', async () => {
  const named = await look<{ name: string }>(`
    select c.relname || ': ' || k.conname as name from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and k.contype in ('p', 'u', 'f', 'c', 'x') and not c.relispartition
      and k.conname not like c.relname || '\\_\\_%'
    union all
    select t.relname || ': ' || i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = any ($1) and not t.relispartition and i.relname not like t.relname || '\\_\\_%'`)
  assert.deepEqual(named, [])
  const times = await look<{ column: string }>(`
    select t.name || '.' || a.attname as column from (${TABLES}) t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype)
      and (a.attname !~ '_at$' or a.atttypid = 'timestamp'::regtype)`)
  assert.deepEqual(times, [])
})

test('a role reaches its own schema and the platform, and nothing else', async () => {
  const rows = await look<{ role: string; place: string }>(`
    select r.rolname as role, n.nspname as place
    from pg_roles r cross join pg_namespace n
    where r.rolname like 'flatrender\\_%' and n.nspname = any ($1) and has_schema_privilege(r.oid, n.oid, 'usage')
    union all
    select r.rolname, n.nspname || '.' || c.relname from pg_roles r
    cross join pg_class c join pg_namespace n on n.oid = c.relnamespace
    where r.rolname like 'flatrender\\_%' and n.nspname = any ($1) and c.relkind in ('r', 'p')
      and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')`)
  const mayReach = (role: string, place: string) => {
    const schema = place.split('.')[0]!
    const service = schema === 'file_mgr' ? 'file' : schema
    return (
      schema === 'platform' || role === `flatrender_${service}` || role === `flatrender_${service}_system`
    )
  }
  assert.deepEqual(
    rows.filter(({ role, place }) => !mayReach(role, place)),
    [],
  )
  assert.ok(rows.length > 200)
})

test('no role of a service may bypass a policy, make roles or databases, or own anything', async () => {
  const rows = await look<{ rolname: string }>(`
    select rolname from pg_roles where rolname like 'flatrender\\_%'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
        or exists (select from pg_class where relowner = pg_roles.oid))`)
  assert.deepEqual(rows, [])
  assert.equal(serviceRoles.length + groupRoles.length, 17)
})

/** Connects as a service's role, in a tenant if one is given. */
async function as<Result>(
  role: string,
  tenant: string | undefined,
  work: (
    ask: (question: string, values?: unknown[]) => Promise<Record<string, unknown>[]>,
  ) => Promise<Result>,
): Promise<Result> {
  const url = changeUrl(server.url('flatrender'), { user: role, password: derivePassword(secretKey, role) })
  return withClient(url, async (client) => {
    if (tenant !== undefined) await client.query("select set_config('app.tenant_id', $1, false)", [tenant])
    return work(async (question, values = []) => (await client.query(question, values)).rows)
  })
}

const [DEFAULT, OTHER] = ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002']

test('without a tenant there are no rows, and with one only its own', async () => {
  await as('flatrender_identity_system', undefined, async (ask) => {
    await ask(
      "insert into identity.tenants (id, parent_id, kind, slug, name) values ($2, $1, 'reseller', 'other', 'Other')",
      [DEFAULT, OTHER],
    )
    for (const tenant of [DEFAULT, OTHER])
      await ask('insert into identity.tenant_branding (tenant_id) values ($1)', [tenant])
  })
  const READ = 'select tenant_id from identity.tenant_branding'
  await as('flatrender_identity', undefined, async (ask) => assert.deepEqual(await ask(READ), []))
  await as('flatrender_identity', OTHER, async (ask) => {
    assert.deepEqual(await ask(READ), [{ tenant_id: OTHER }])
    const move = 'update identity.tenant_branding set tenant_id = $1'
    await assert.rejects(ask(move, [DEFAULT]), /row-level security/)
    const remove = 'delete from identity.tenant_branding where tenant_id = $1 returning tenant_id'
    assert.deepEqual(await ask(remove, [DEFAULT]), [])
  })
})

test('a tenant may rename itself, and change nothing of its place in the tree', async () => {
  await as('flatrender_identity', OTHER, async (ask) => {
    assert.equal((await ask("update identity.tenants set name = 'Mine' returning id")).length, 1)
    for (const change of [
      'update identity.tenants set parent_id = null',
      "update identity.tenants set kind = 'platform'",
      "update identity.tenants set state = 'active'",
      "update identity.tenants set bills = 'user'",
      'delete from identity.tenants',
      "insert into identity.tenants (parent_id, kind, slug, name) values (platform.current_tenant(), 'customer', 'z', 'Z')",
    ])
      await assert.rejects(ask(change), /permission denied/, change)
  })
})

test('an event is its own service’s and its own tenant’s', async () => {
  const emit = 'select platform.emit($1, $2, null)'
  await as('flatrender_identity', OTHER, async (ask) => {
    await ask(emit, ['identity.user.created', OTHER])
    for (const tenant of [DEFAULT, null])
      await assert.rejects(ask(emit, ['identity.user.created', tenant]), /another tenant/)
    await assert.rejects(ask(emit, ['render.job.submitted', OTHER]), /may not act for render/)
  })
  await as('flatrender_identity_system', undefined, (ask) => ask(emit, ['identity.user.created', DEFAULT]))
  await as('flatrender_gateway', undefined, async (ask) => {
    await assert.rejects(ask(emit, ['identity.user.created', null]), /may not act for identity/)
  })
})

test('months are their own service’s to make and drop, by whatever name, and never the present one', async () => {
  const oid =
    "(select oid::regclass from pg_class where relname = 'tenant_api_request_logs' and relkind = 'p')"
  const ensure = (ahead: number, keep: number) =>
    `select * from platform.ensure_month_partitions(${oid}, ${ahead}, ${keep})`
  await as('flatrender_content_system', undefined, async (ask) => {
    await assert.rejects(ask(ensure(0, 1)), /may not act for identity/)
  })
  await as('flatrender_identity_system', undefined, async (ask) => {
    for (const wrong of [ensure(0, 0), ensure(0, -100), ensure(25, 1), ensure(-1, 1)])
      await assert.rejects(ask(wrong), /at least 1/)
    await ask(ensure(1, 1))
  })
})

test('a service sees no other service’s answers', async () => {
  const insert = `insert into platform.idempotency_keys (tenant_id, service, actor_id, procedure, key, request_hash)
    values ($1, $2, $1, 'p', 'k', '')`
  await as('flatrender_identity', OTHER, (ask) => ask(insert, [OTHER, 'identity']))
  await as('flatrender_studio', OTHER, async (ask) => {
    assert.deepEqual(await ask('select * from platform.idempotency_keys'), [])
    await assert.rejects(ask(insert, [OTHER, 'identity']), /row-level security/)
  })
})
