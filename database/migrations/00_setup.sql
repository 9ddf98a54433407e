-- Schemas, roles, and what every schema stands on. Runs first, on PostgreSQL 15 or later, in the database it is run in.
--
-- The recipe of rights. Each service connects as one of two roles, both limited to its own schema and to `platform`:
--   flatrender_<service>         is bound by the policies below: it sees the rows of the tenant in `app.tenant_id`
--   flatrender_<service>_system  serves work that has no tenant: resolving a host, key or token, leasing, housekeeping
-- Roles belong to the cluster, so they are made only where they are missing, and without a password: until
-- `init-db` gives them one, nobody can log in with them. All objects belong to whoever runs these files.

create extension if not exists citext;
create extension if not exists pg_trgm;

create schema identity;
create schema content;
create schema studio;
create schema render;
create schema file_mgr;
create schema notification;
create schema platform;

comment on schema identity is 'Identity service: tenants, users, auth, plans, payments, gamification';
comment on schema content is 'Content service: templates, scenes, presets, blogs, CMS';
comment on schema studio is 'Studio service: saved projects and audio (music, voice-over, sfx)';
comment on schema render is 'Render service: jobs, nodes, frame jobs, snapshots, exports';
comment on schema file_mgr is 'File service: files, folders, quotas, cleanup';
comment on schema notification is 'Notification service: in-app, push, e-mail, SMS, Telegram';
comment on schema platform is 'What every service stands on: events, background work, idempotency';

-- Roles

do $roles$
declare
  service text;
begin
  -- Two groups, for what concerns every service alike.
  if not exists (select from pg_roles where rolname = 'flatrender_services') then
    create role flatrender_services nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'flatrender_systems') then
    create role flatrender_systems nologin;
  end if;
  -- Takes events and background work off their queues.
  if not exists (select from pg_roles where rolname = 'flatrender_worker') then
    create role flatrender_worker login;
  end if;
  foreach service in array array['identity', 'content', 'studio', 'render', 'file', 'notification', 'gateway'] loop
    if not exists (select from pg_roles where rolname = 'flatrender_' || service) then
      execute format('create role %I login in role flatrender_services', 'flatrender_' || service);
    end if;
    if not exists (select from pg_roles where rolname = 'flatrender_' || service || '_system') then
      execute format('create role %I login in role flatrender_systems', 'flatrender_' || service || '_system');
    end if;
  end loop;
  execute format('revoke all on database %I from public', current_database());
  execute format(
    'grant connect on database %I to flatrender_services, flatrender_systems, flatrender_worker',
    current_database()
  );
end
$roles$;

-- Functions are nobody's until they are granted.
alter default privileges revoke execute on functions from public;

-- The service that owns a schema; the gateway owns none.
create function platform.service_of(schema_name text) returns text
language sql immutable as $$
  select case schema_name when 'file_mgr' then 'file' else schema_name end
$$;

do $grants$
declare
  schema_name text;
  service text;
begin
  foreach schema_name in array array['identity', 'content', 'studio', 'render', 'file_mgr', 'notification'] loop
    service := 'flatrender_' || platform.service_of(schema_name);
    execute format('grant usage on schema %I to %I, %I', schema_name, service, service || '_system');
    execute format(
      'alter default privileges in schema %I grant select, insert, update, delete on tables to %I, %I',
      schema_name, service, service || '_system'
    );
    execute format(
      'alter default privileges in schema %I grant execute on functions to %I, %I',
      schema_name, service, service || '_system'
    );
  end loop;
end
$grants$;
grant usage on schema platform to flatrender_services, flatrender_systems, flatrender_worker;

-- Time-ordered ids: 48 bits of milliseconds, then random bits (RFC 9562, version 7).
create function platform.uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ),
        52, 1
      ),
      53, 1
    ),
    'hex'
  )::uuid
$$;
grant execute on function platform.uuid_v7() to public;

-- Which of these files the database has seen. The runner adds each one's checksum, SHA-256.
create table platform.migrations (
  name text not null,
  checksum text,
  applied_at timestamptz not null default now(),
  constraint migrations__primary primary key (name)
);

-- Ends every file of migrations; what psql ran and what the runner ran are the same.
create function platform.record_migration(migration text) returns void
language sql as $$
  insert into platform.migrations (name) values (migration) on conflict (name) do nothing
$$;

create function platform.touch_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- The rows of a ledger are never changed; nor are they deleted but with their partition.
create function platform.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

-- The tenant that a transaction acts in; null where none is set, and then there are no rows.
create function platform.current_tenant() returns uuid
language sql stable parallel safe as $$
  select nullif(current_setting('app.tenant_id', true), '')::uuid
$$;

-- The tenants above it, whose shared rows it may see.
create function platform.visible_tenants() returns uuid[]
language sql stable parallel safe as $$
  select coalesce(string_to_array(nullif(current_setting('app.visible_tenants', true), ''), ','), '{}')::uuid[]
$$;
grant execute on function platform.current_tenant(), platform.visible_tenants() to public;

-- The two policy templates. Both leave a table to its service's roles alone, and bind its owner too.

-- *Own*: a tenant's rows are its own.
create function platform.own_rows(target regclass) returns void
language plpgsql as $$
declare
  service text;
  mine constant text := 'tenant_id = (select platform.current_tenant())';
begin
  select 'flatrender_' || platform.service_of(nspname) into service
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = target;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own on %s to %I using (%s) with check (%s)', target, service, mine, mine);
  execute format('create policy system on %s to %I using (true) with check (true)', target, service || '_system');
end
$$;

-- *Catalogue*: beside its own, a tenant sees the rows marked `shared` of the tenants above it. It writes its own alone.
create function platform.catalogue_rows(target regclass) returns void
language plpgsql as $$
declare
  service text;
  mine constant text := 'tenant_id = (select platform.current_tenant())';
  shown constant text := mine || ' or (shared and tenant_id = any ((select platform.visible_tenants())::uuid[]))';
begin
  select 'flatrender_' || platform.service_of(nspname) into service
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = target;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy shown on %s for select to %I using (%s)', target, service, shown);
  execute format('create policy added on %s for insert to %I with check (%s)', target, service, mine);
  execute format('create policy changed on %s for update to %I using (%s) with check (%s)', target, service, mine, mine);
  execute format('create policy removed on %s for delete to %I using (%s)', target, service, mine);
  execute format('create policy system on %s to %I using (true) with check (true)', target, service || '_system');
end
$$;

-- Refuses whoever is logged in as none of a service's roles (or not as its system role) nor owns this database.
-- Functions with their owner's rights ask it first: a name says nothing, for a role may pass any table's oid.
create function platform.assert_service(service text, system_alone boolean) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if session_user = current_user or session_user = 'flatrender_' || service || '_system'
    or (not system_alone and session_user = 'flatrender_' || service) then
    return;
  end if;
  raise exception '% may not act for %', session_user, service using errcode = 'insufficient_privilege';
end
$$;

-- Monthly partitions (UTC) of a table, from this month to `ahead` months on; those older than `keep` months go.
-- Rows that waited in the default partition for their month move into it. Safe to call at any time, by many at once.
create function platform.ensure_month_partitions(parent regclass, ahead int default 3, keep int default null)
returns table (action text, part text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  schema_name name;
  table_name name;
  time_column name;
  first_day date;
  waiting regclass;
  old record;
begin
  if ahead not between 0 and 24 or keep < 1 then
    raise exception 'months ahead are 0 to 24, and of those kept there is at least 1' using errcode = 'invalid_parameter_value';
  end if;
  select n.nspname, c.relname, a.attname into schema_name, table_name, time_column
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_partitioned_table p on p.partrelid = c.oid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
  where c.oid = parent and n.nspname in ('identity', 'render', 'platform');
  if not found then
    raise exception '% has no monthly partitions', parent using errcode = 'wrong_object_type';
  end if;
  perform platform.assert_service(platform.service_of(schema_name), true);
  perform pg_advisory_xact_lock(hashtextextended('partitions of ' || parent::text, 0));
  waiting := to_regclass(format('%I.%I', schema_name, table_name || '_default'));
  for month in 0..ahead loop
    first_day := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => month))::date;
    part := table_name || '_' || to_char(first_day, 'YYYY_MM');
    continue when to_regclass(format('%I.%I', schema_name, part)) is not null;
    execute format('create table %I.%I (like %s including all)', schema_name, part, parent);
    if waiting is not null then
      -- Forced policies would hide the rows from their owner too.
      execute format('alter table %s no force row level security', waiting);
      execute format(
        'with moved as (delete from %1$s where %2$I >= %3$L and %2$I < %4$L returning *) insert into %5$I.%6$I select * from moved',
        waiting, time_column, first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00',
        schema_name, part
      );
      execute format('alter table %s force row level security', waiting);
    end if;
    execute format(
      'alter table %s attach partition %I.%I for values from (%L) to (%L)',
      parent, schema_name, part, first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00'
    );
    perform platform.own_rows(to_regclass(format('%I.%I', schema_name, part)));
    action := 'created';
    return next;
  end loop;
  if keep is not null then
    for old in
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = parent and c.relname ~ ('^' || table_name || '_\d{4}_\d{2}$')
        and to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', now() at time zone 'UTC') - make_interval(months => keep)
    loop
      execute format('drop table %I.%I', schema_name, old.relname);
      action := 'dropped';
      part := old.relname;
      return next;
    end loop;
  end if;
end
$$;
grant execute on function platform.ensure_month_partitions(regclass, int, int) to flatrender_systems;

-- Events: what happened, written in the transaction in which it happened. Kept 30 days.
create table platform.events (
  id uuid not null default platform.uuid_v7(),
  tenant_id uuid,
  type text not null,
  source text not null,
  subject text,
  data jsonb not null default '{}',
  trace text,
  happened_at timestamptz not null default now(),
  constraint events__primary primary key (id),
  constraint events__type_shape check (type ~ '^[a-z]+(\.[a-z_]+)+(\.v[0-9]+)?$'),
  constraint events__source_shape check (source ~ '^[a-z]+$')
);
comment on column platform.events.tenant_id is 'identity.tenants.id; null for what concerns no tenant';
comment on column platform.events.subject is 'id of the row that the event is about';
comment on column platform.events.trace is 'W3C traceparent of the request that caused it';
create index events__happened on platform.events (happened_at);
create index events__type on platform.events (type, id);
-- Whoever owns the table writes, through `emit`; young events are nobody's to remove.
alter table platform.events enable row level security;
create policy shown on platform.events for select to flatrender_systems, flatrender_worker using (true);
create policy old on platform.events for delete to flatrender_worker using (happened_at < now() - interval '30 days');

-- Who wants which events. Stays while a process is down.
create table platform.subscriptions (
  consumer text not null,
  type text not null,
  created_at timestamptz not null default now(),
  constraint subscriptions__primary primary key (consumer, type),
  constraint subscriptions__consumer_shape check (consumer ~ '^[a-z]+(\.[a-z_-]+)+$')
);
comment on column platform.subscriptions.consumer is 'the background task that takes the event: <service>.<consumer>';
create index subscriptions__type on platform.subscriptions (type);

-- Processes that take events and background work. Jobs of the silent are unlocked by the living.
create table platform.workers (
  id text not null,
  services text[] not null,
  host text not null,
  pid int not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now(),
  constraint workers__primary primary key (id)
);
create index workers__beat on platform.workers (beat_at);

-- The answers of requests that create, kept 24 h for whoever asks again with the same key.
create table platform.idempotency_keys (
  tenant_id uuid not null,
  service text not null,
  actor_id uuid not null,
  procedure text not null,
  key text not null,
  request_hash bytea not null,
  status int,
  answer jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint idempotency_keys__primary primary key (tenant_id, service, actor_id, procedure, key),
  constraint idempotency_keys__key_length check (length(key) between 1 and 255),
  constraint idempotency_keys__answered check ((status is null) = (answer is null))
);
comment on column platform.idempotency_keys.tenant_id is 'identity.tenants.id';
comment on column platform.idempotency_keys.actor_id is 'identity.users.id or identity.tenant_api_keys.id';
comment on column platform.idempotency_keys.request_hash is 'HMAC-SHA-256 of the canonical body, under a key that is sealed with the answer: another body under the same key is refused';
create index idempotency_keys__expires on platform.idempotency_keys (expires_at);
alter table platform.idempotency_keys enable row level security;
alter table platform.idempotency_keys force row level security;
-- Answers may hold what another service must not know.
create policy own on platform.idempotency_keys to flatrender_services
  using (tenant_id = (select platform.current_tenant()) and current_user = 'flatrender_' || service)
  with check (tenant_id = (select platform.current_tenant()) and current_user = 'flatrender_' || service);
create policy system on platform.idempotency_keys to flatrender_systems
  using (current_user = 'flatrender_' || service || '_system')
  with check (current_user = 'flatrender_' || service || '_system');

create policy expired on platform.idempotency_keys to flatrender_worker using (expires_at < now());

-- Which consumer has handled which event, for those whose work doesn't forgive a second time. Written in the consumer's
-- own transaction; kept a day longer than the event.
create table platform.handled_events (
  consumer text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  constraint handled_events__primary primary key (consumer, event_id),
  constraint handled_events__consumer_shape check (consumer ~ '^[a-z]+(\.[a-z_-]+)+$')
);
comment on column platform.handled_events.event_id is 'platform.events.id, which may be gone';
create index handled_events__handled on platform.handled_events (handled_at);
-- Not forced: whoever owns the table reads it for backups.
alter table platform.handled_events enable row level security;
create policy own on platform.handled_events for insert to flatrender_services
  with check (current_user = 'flatrender_' || split_part(consumer, '.', 1));
create policy system on platform.handled_events for insert to flatrender_systems
  with check (current_user = 'flatrender_' || split_part(consumer, '.', 1) || '_system');
create policy old on platform.handled_events to flatrender_worker using (handled_at < now() - interval '31 days');

-- Writes an event and one job for each consumer that subscribed to its type. Only the caller's own service may be its
-- source, and only its own tenant the event's. Jobs are Graphile Worker's, whose tables admit their owner
-- and the workers alone, so this runs with the rights of whoever made both.
create function platform.emit(
  type text,
  tenant_id uuid,
  subject text,
  data jsonb default '{}',
  trace text default null
) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  event_id constant uuid := platform.uuid_v7();
  service constant text := split_part(type, '.', 1);
begin
  perform platform.assert_service(service, false);
  -- A tenant's transaction speaks for its tenant alone: consumers act on what they read here.
  if session_user = 'flatrender_' || service and tenant_id is distinct from platform.current_tenant() then
    raise exception 'an event of another tenant' using errcode = 'insufficient_privilege';
  end if;
  insert into platform.events (id, tenant_id, type, source, subject, data, trace)
  values (event_id, emit.tenant_id, emit.type, service, emit.subject, emit.data, emit.trace);
  -- The queue's own types are named only once somebody subscribed: until then it may not be there.
  if exists (select from platform.subscriptions where subscriptions.type = emit.type) then
    perform graphile_worker.add_jobs(array(
      select row(consumer, json_build_object('event', event_id), null, null, null, null, null, null)::graphile_worker.job_spec
      from platform.subscriptions where subscriptions.type = emit.type order by consumer
    ));
  end if;
  return event_id;
end
$$;
grant execute on function platform.emit(text, uuid, text, jsonb, text) to flatrender_services, flatrender_systems;

-- Leaves a service's own background work to the workers, in the caller's transaction. The task begins with the service's
-- name. A job of the same task and key that has not begun yet is replaced; of one that has, the mark tells later that it had a key.
create function platform.enqueue(
  task text,
  payload json default '{}',
  run_at timestamptz default null,
  job_key text default null
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  job_id bigint;
begin
  perform platform.assert_service(split_part(task, '.', 1), true);
  if task !~ '^[a-z]+(\.[a-z_-]+)+$' then
    raise exception 'a task is named <service>.<task>, not %', task using errcode = 'invalid_parameter_value';
  end if;
  select job.id into job_id from graphile_worker.add_job(
    enqueue.task,
    enqueue.payload,
    run_at => enqueue.run_at,
    job_key => enqueue.task || ':' || enqueue.job_key,
    flags => case when enqueue.job_key is not null then array['keyed'] end
  ) job;
  return job_id;
end
$$;
grant execute on function platform.enqueue(text, json, timestamptz, text) to flatrender_systems;

grant select, insert, update, delete on platform.idempotency_keys to flatrender_services, flatrender_systems;
grant select on platform.events, platform.subscriptions to flatrender_systems, flatrender_worker;
grant insert on platform.handled_events to flatrender_services, flatrender_systems;

-- Workers say what their consumers want and that they live, and remove what its policies call old.
grant insert, delete on platform.subscriptions to flatrender_worker;
grant select, insert, update, delete on platform.workers to flatrender_worker;
grant delete on platform.events, platform.idempotency_keys, platform.handled_events to flatrender_worker;
grant select (expires_at) on platform.idempotency_keys to flatrender_worker;
grant select (handled_at) on platform.handled_events to flatrender_worker;

select platform.record_migration('00_setup');
