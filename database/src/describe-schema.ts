import type { Client } from 'pg'

/** The schemas that are ours. */
export const schemas = [
  'platform',
  'identity',
  'content',
  'studio',
  'render',
  'file_mgr',
  'notification',
] as const

/** One object and the SQL that makes it, for the eye: `rank` orders kinds of objects within a table. */
const QUERY = `
with ours as (
  select c.oid, n.nspname as schema, c.relname as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  -- A month's partition depends on the day; its parent and the default one say what it is like.
  where n.nspname = any ($1) and c.relkind in ('r', 'p') and c.relname !~ '_[0-9]{4}_[0-9]{2}$'
),
columns as (
  select a.attrelid as oid, string_agg(
    '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
    E',\\n' order by a.attnum
  ) as body
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped group by a.attrelid
),
constraints as (
  select conrelid as oid, string_agg(
    '  constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid),
    E',\\n' order by contype = 'p' desc, conname
  ) as body
  -- PostgreSQL 18 lists "not null" as constraints too.
  from pg_constraint where contype in ('p', 'u', 'f', 'c', 'x') and conparentid = 0 group by conrelid
)
select schema, name, 1 as rank, '' as part,
  'create table ' || schema || '.' || quote_ident(name) || E' (\\n' || columns.body
    || coalesce(E',\\n' || constraints.body, '') || E'\\n)'
    || case when relkind = 'p' then ' partition by ' || pg_get_partkeydef(ours.oid) else '' end || ';' as sql
from ours join columns using (oid) left join constraints using (oid)
union all
select schema, name, 2, '', 'comment on table ' || schema || '.' || quote_ident(name) || ' is ' || quote_literal(obj_description(oid, 'pg_class')) || ';'
from ours where obj_description(oid, 'pg_class') is not null
union all
select schema, name, 3, lpad(a.attnum::text, 4, '0'),
  'comment on column ' || schema || '.' || quote_ident(name) || '.' || quote_ident(a.attname) || ' is ' || quote_literal(col_description(ours.oid, a.attnum)) || ';'
from ours join pg_attribute a on a.attrelid = ours.oid where col_description(ours.oid, a.attnum) is not null
union all
select schema, name, 4, i.relname, pg_get_indexdef(i.oid) || ';'
from ours join pg_index x on x.indrelid = ours.oid join pg_class i on i.oid = x.indexrelid
where not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
union all
select schema, name, 5, t.tgname, pg_get_triggerdef(t.oid) || ';'
from ours join pg_trigger t on t.tgrelid = ours.oid where not t.tgisinternal
union all
select schema, name, 6, '', 'alter table ' || schema || '.' || quote_ident(name) || ' enable row level security'
  || case when relforcerowsecurity then ', force row level security' else '' end || ';'
from ours where relrowsecurity
union all
select schema, name, 7, p.policyname,
  'create policy ' || quote_ident(p.policyname) || ' on ' || schema || '.' || quote_ident(name) || ' for ' || lower(p.cmd)
    || ' to ' || array_to_string(p.roles, ', ') || coalesce(' using (' || p.qual || ')', '')
    || coalesce(' with check (' || p.with_check || ')', '') || ';'
from ours join pg_policies p on p.schemaname = schema and p.tablename = name
union all
select schema, name, 8, g.grantee, 'grant ' || string_agg(lower(g.privilege_type), ', ' order by g.privilege_type)
  || ' on ' || schema || '.' || quote_ident(name) || ' to ' || g.grantee || ';'
from ours join information_schema.role_table_grants g on g.table_schema = schema and g.table_name = name
where g.grantee like 'flatrender\\_%' group by schema, name, g.grantee
union all
select n.nspname, '', 0, p.proname || pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid) || ';'
from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1)
`

/**
 * The whole schema as SQL, for people: the same text from every server of version 15 or later, whoever owns it. What a
 * migration has made can be compared with it, line by line.
 */
export async function describeSchema(client: Client): Promise<string> {
  const { rows } = await client.query<Described>(QUERY, [[...schemas]])
  const order = (row: Described) =>
    [schemas.indexOf(row.schema as never), row.name, row.rank, row.part] as const
  const parts: string[] = []
  let table = ''
  for (const row of rows.sort((a, b) => compare(order(a), order(b)))) {
    const place = `${row.schema}.${row.name}`
    if (place !== table) parts.push(`\n-- ${row.name === '' ? `Functions of ${row.schema}` : place}\n`)
    table = place
    parts.push(row.sql.trim())
  }
  return `-- Written by the database itself, see database/README.md. Not to be run.\n${parts.join('\n')}\n`
}

interface Described {
  readonly schema: string
  readonly name: string
  readonly rank: number
  readonly part: string
  readonly sql: string
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const index = a.findIndex((value, at) => value !== b[at])
  return index < 0 ? 0 : a[index]! < b[index]! ? -1 : 1
}
