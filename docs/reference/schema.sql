-- Written by the database itself, see database/README.md. Not to be run.

-- Functions of platform

CREATE OR REPLACE FUNCTION platform.assert_service(service text, system_alone boolean)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if session_user = current_user or session_user = 'flatrender_' || service || '_system'
    or (not system_alone and session_user = 'flatrender_' || service) then
    return;
  end if;
  raise exception '% may not act for %', session_user, service using errcode = 'insufficient_privilege';
end
$function$
;
CREATE OR REPLACE FUNCTION platform.catalogue_rows(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.current_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('app.tenant_id', true), '')::uuid
$function$
;
CREATE OR REPLACE FUNCTION platform.emit(type text, tenant_id uuid, subject text, data jsonb DEFAULT '{}'::jsonb, trace text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.enqueue(task text, payload json DEFAULT '{}'::json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.ensure_month_partitions(parent regclass, ahead integer DEFAULT 3, keep integer DEFAULT NULL::integer)
 RETURNS TABLE(action text, part text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.own_rows(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.record_migration(migration text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into platform.migrations (name) values (migration) on conflict (name) do nothing
$function$
;
CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$function$
;
CREATE OR REPLACE FUNCTION platform.service_of(schema_name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case schema_name when 'file_mgr' then 'file' else schema_name end
$function$
;
CREATE OR REPLACE FUNCTION platform.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.updated_at := now();
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION platform.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION platform.visible_tenants()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select coalesce(string_to_array(nullif(current_setting('app.visible_tenants', true), ''), ','), '{}')::uuid[]
$function$
;

-- platform.events

create table platform.events (
  id uuid not null default platform.uuid_v7(),
  tenant_id uuid,
  type text not null,
  source text not null,
  subject text,
  data jsonb not null default '{}'::jsonb,
  trace text,
  happened_at timestamp with time zone not null default now(),
  constraint events__primary PRIMARY KEY (id),
  constraint events__source_shape CHECK ((source ~ '^[a-z]+$'::text)),
  constraint events__type_shape CHECK ((type ~ '^[a-z]+(\.[a-z_]+)+(\.v[0-9]+)?$'::text))
);
comment on column platform.events.tenant_id is 'identity.tenants.id; null for what concerns no tenant';
comment on column platform.events.subject is 'id of the row that the event is about';
comment on column platform.events.trace is 'W3C traceparent of the request that caused it';
CREATE INDEX events__happened ON platform.events USING btree (happened_at);
CREATE INDEX events__type ON platform.events USING btree (type, id);
alter table platform.events enable row level security;
create policy old on platform.events for delete to flatrender_worker using ((happened_at < (now() - '30 days'::interval)));
create policy shown on platform.events for select to flatrender_systems, flatrender_worker using (true);
grant select on platform.events to flatrender_systems;
grant delete, select on platform.events to flatrender_worker;

-- platform.handled_events

create table platform.handled_events (
  consumer text not null,
  event_id uuid not null,
  handled_at timestamp with time zone not null default now(),
  constraint handled_events__primary PRIMARY KEY (consumer, event_id),
  constraint handled_events__consumer_shape CHECK ((consumer ~ '^[a-z]+(\.[a-z_-]+)+$'::text))
);
comment on column platform.handled_events.event_id is 'platform.events.id, which may be gone';
CREATE INDEX handled_events__handled ON platform.handled_events USING btree (handled_at);
alter table platform.handled_events enable row level security;
create policy old on platform.handled_events for all to flatrender_worker using ((handled_at < (now() - '31 days'::interval)));
create policy own on platform.handled_events for insert to flatrender_services with check ((CURRENT_USER = ('flatrender_'::text || split_part(consumer, '.'::text, 1))));
create policy system on platform.handled_events for insert to flatrender_systems with check ((CURRENT_USER = (('flatrender_'::text || split_part(consumer, '.'::text, 1)) || '_system'::text)));
grant insert on platform.handled_events to flatrender_services;
grant insert on platform.handled_events to flatrender_systems;
grant delete on platform.handled_events to flatrender_worker;

-- platform.idempotency_keys

create table platform.idempotency_keys (
  tenant_id uuid not null,
  service text not null,
  actor_id uuid not null,
  procedure text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  answer jsonb,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null default (now() + '24:00:00'::interval),
  constraint idempotency_keys__primary PRIMARY KEY (tenant_id, service, actor_id, procedure, key),
  constraint idempotency_keys__answered CHECK (((status IS NULL) = (answer IS NULL))),
  constraint idempotency_keys__key_length CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
comment on column platform.idempotency_keys.tenant_id is 'identity.tenants.id';
comment on column platform.idempotency_keys.actor_id is 'identity.users.id or identity.tenant_api_keys.id';
comment on column platform.idempotency_keys.request_hash is 'HMAC-SHA-256 of the canonical body, under a key that is sealed with the answer: another body under the same key is refused';
CREATE INDEX idempotency_keys__expires ON platform.idempotency_keys USING btree (expires_at);
alter table platform.idempotency_keys enable row level security, force row level security;
create policy expired on platform.idempotency_keys for all to flatrender_worker using ((expires_at < now()));
create policy own on platform.idempotency_keys for all to flatrender_services using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) AND (CURRENT_USER = ('flatrender_'::text || service)))) with check (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) AND (CURRENT_USER = ('flatrender_'::text || service))));
create policy system on platform.idempotency_keys for all to flatrender_systems using ((CURRENT_USER = (('flatrender_'::text || service) || '_system'::text))) with check ((CURRENT_USER = (('flatrender_'::text || service) || '_system'::text)));
grant delete, insert, select, update on platform.idempotency_keys to flatrender_services;
grant delete, insert, select, update on platform.idempotency_keys to flatrender_systems;
grant delete on platform.idempotency_keys to flatrender_worker;

-- platform.migrations

create table platform.migrations (
  name text not null,
  checksum text,
  applied_at timestamp with time zone not null default now(),
  constraint migrations__primary PRIMARY KEY (name)
);

-- platform.subscriptions

create table platform.subscriptions (
  consumer text not null,
  type text not null,
  created_at timestamp with time zone not null default now(),
  constraint subscriptions__primary PRIMARY KEY (consumer, type),
  constraint subscriptions__consumer_shape CHECK ((consumer ~ '^[a-z]+(\.[a-z_-]+)+$'::text))
);
comment on column platform.subscriptions.consumer is 'the background task that takes the event: <service>.<consumer>';
CREATE INDEX subscriptions__type ON platform.subscriptions USING btree (type);
grant select on platform.subscriptions to flatrender_systems;
grant delete, insert, select on platform.subscriptions to flatrender_worker;

-- platform.workers

create table platform.workers (
  id text not null,
  services text[] not null,
  host text not null,
  pid integer not null,
  started_at timestamp with time zone not null default now(),
  beat_at timestamp with time zone not null default now(),
  constraint workers__primary PRIMARY KEY (id)
);
CREATE INDEX workers__beat ON platform.workers USING btree (beat_at);
grant delete, insert, select, update on platform.workers to flatrender_worker;

-- Functions of identity

CREATE OR REPLACE FUNCTION identity.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.address is null and new.user_agent is null
    and to_jsonb(new) - '{address,user_agent}'::text[] = to_jsonb(old) - '{address,user_agent}'::text[]
    and exists (
      select from identity.users as gone
      where gone.tenant_id = coalesce(old.acting_tenant_id, old.tenant_id) and gone.state = 'deleted'
        and gone.id::text = case old.actor_kind when 'user' then old.actor_id::text when 'system' then old.subject end
    )
  then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$function$
;

-- identity.audit_logs

create table identity.audit_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  happened_at timestamp with time zone not null default now(),
  actor_kind text not null,
  actor_id uuid,
  acting_tenant_id uuid,
  action text not null,
  subject text,
  before jsonb,
  after jsonb,
  address inet,
  user_agent text,
  request_id text,
  constraint audit_logs__primary PRIMARY KEY (tenant_id, id),
  constraint audit_logs__acting_other CHECK ((acting_tenant_id <> tenant_id)),
  constraint audit_logs__action_shape CHECK ((action ~ '^[a-z]+(\.[a-z_]+)+$'::text)),
  constraint audit_logs__actor_kinds CHECK ((actor_kind = ANY (ARRAY['user'::text, 'key'::text, 'system'::text]))),
  constraint audit_logs__actor_known CHECK (((actor_kind = 'system'::text) = (actor_id IS NULL))),
  constraint audit_logs__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT
);
comment on column identity.audit_logs.actor_id is 'identity.users.id or identity.tenant_api_keys.id; not a key: the log outlives it';
comment on column identity.audit_logs.acting_tenant_id is 'identity.tenants.id; the actor''s own, where a reseller acts in a customer''s tenant';
comment on column identity.audit_logs.subject is 'id of the row that it was done to';
comment on column identity.audit_logs.before is 'the fields that changed; no secrets, and nothing that a deleted user may want gone';
CREATE INDEX audit_logs__action_newest ON identity.audit_logs USING btree (tenant_id, action, happened_at DESC);
CREATE INDEX audit_logs__actor_newest ON identity.audit_logs USING btree (tenant_id, actor_id, happened_at DESC);
CREATE INDEX audit_logs__newest ON identity.audit_logs USING btree (tenant_id, happened_at DESC);
CREATE INDEX audit_logs__subject_newest ON identity.audit_logs USING btree (tenant_id, subject, happened_at DESC);
CREATE TRIGGER audit_logs__append_only BEFORE DELETE OR UPDATE ON identity.audit_logs FOR EACH ROW EXECUTE FUNCTION identity.refuse_audit_change();
alter table identity.audit_logs enable row level security, force row level security;
create policy own on identity.audit_logs for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.audit_logs for all to flatrender_identity_system using (true) with check (true);
grant insert, select on identity.audit_logs to flatrender_identity;
grant insert, select on identity.audit_logs to flatrender_identity_system;

-- identity.badges

create table identity.badges (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  icon_file_id uuid,
  state text not null default 'draft'::text,
  "position" integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint badges__primary PRIMARY KEY (tenant_id, id),
  constraint badges__description_localised CHECK ((jsonb_typeof(description) = 'object'::text)),
  constraint badges__name_localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint badges__slug_once UNIQUE (tenant_id, slug),
  constraint badges__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint badges__states CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
  constraint badges__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.badges.icon_file_id is 'file_mgr.files.id';
CREATE TRIGGER badges__touch BEFORE UPDATE ON identity.badges FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.badges enable row level security, force row level security;
create policy added on identity.badges for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.badges for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.badges for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.badges for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.badges for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.badges to flatrender_identity;
grant delete, insert, select, update on identity.badges to flatrender_identity_system;

-- identity.coupon_redemptions

create table identity.coupon_redemptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  coupon_id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  discount_minor bigint not null,
  currency text not null,
  created_at timestamp with time zone not null default now(),
  constraint coupon_redemptions__primary PRIMARY KEY (tenant_id, id),
  constraint coupon_redemptions__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint coupon_redemptions__discount_range CHECK ((discount_minor > 0)),
  constraint coupon_redemptions__invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES identity.invoices(tenant_id, id) ON DELETE CASCADE,
  constraint coupon_redemptions__invoice_once UNIQUE (tenant_id, invoice_id, coupon_id)
);
comment on column identity.coupon_redemptions.coupon_id is 'identity.coupons.id; not a key: it may be one of a tenant above';
comment on column identity.coupon_redemptions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
CREATE INDEX coupon_redemptions__uses ON identity.coupon_redemptions USING btree (tenant_id, coupon_id, account_id);
alter table identity.coupon_redemptions enable row level security, force row level security;
create policy own on identity.coupon_redemptions for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.coupon_redemptions for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.coupon_redemptions to flatrender_identity;
grant delete, insert, select, update on identity.coupon_redemptions to flatrender_identity_system;

-- identity.coupons

create table identity.coupons (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  code citext not null,
  state text not null default 'active'::text,
  percent integer,
  amount_minor bigint,
  currency text,
  plan_ids uuid[] not null default '{}'::uuid[],
  max_uses integer,
  max_uses_per_account integer default 1,
  used_count integer not null default 0,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint coupons__primary PRIMARY KEY (tenant_id, id),
  constraint coupons__amount_range CHECK ((amount_minor > 0)),
  constraint coupons__code_once UNIQUE (tenant_id, code),
  constraint coupons__code_shape CHECK ((code ~ '^[a-z0-9][a-z0-9_-]{1,62}$'::citext)),
  constraint coupons__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint coupons__limits CHECK (((max_uses >= 1) AND (max_uses_per_account >= 1))),
  constraint coupons__percent_range CHECK (((percent >= 1) AND (percent <= 100))),
  constraint coupons__period CHECK ((starts_at < ends_at)),
  constraint coupons__states CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'retired'::text]))),
  constraint coupons__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE,
  constraint coupons__used_range CHECK (((used_count >= 0) AND (used_count <= max_uses))),
  constraint coupons__worth CHECK (((num_nonnulls(percent, amount_minor) = 1) AND ((amount_minor IS NULL) = (currency IS NULL))))
);
comment on column identity.coupons.plan_ids is 'identity.plans.id; none: every plan';
comment on column identity.coupons.max_uses is 'null: as often as may be; the same of each account';
CREATE TRIGGER coupons__touch BEFORE UPDATE ON identity.coupons FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.coupons enable row level security, force row level security;
create policy own on identity.coupons for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.coupons for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.coupons to flatrender_identity;
grant delete, insert, select, update on identity.coupons to flatrender_identity_system;

-- identity.credit_accounts

create table identity.credit_accounts (
  tenant_id uuid not null,
  account_id uuid not null,
  balance bigint not null default 0,
  reserved bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint credit_accounts__primary PRIMARY KEY (tenant_id, account_id),
  constraint credit_accounts__never_below_zero CHECK ((balance >= 0)),
  constraint credit_accounts__reserved_range CHECK (((reserved >= 0) AND (reserved <= balance))),
  constraint credit_accounts__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT
);
comment on column identity.credit_accounts.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
CREATE TRIGGER credit_accounts__touch BEFORE UPDATE ON identity.credit_accounts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.credit_accounts enable row level security, force row level security;
create policy own on identity.credit_accounts for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.credit_accounts for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.credit_accounts to flatrender_identity;
grant delete, insert, select, update on identity.credit_accounts to flatrender_identity_system;

-- identity.credit_entries

create table identity.credit_entries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  kind text not null,
  amount bigint not null,
  balance_after bigint not null,
  reference text not null,
  reason text,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint credit_entries__primary PRIMARY KEY (tenant_id, id),
  constraint credit_entries__account FOREIGN KEY (tenant_id, account_id) REFERENCES identity.credit_accounts(tenant_id, account_id) ON DELETE RESTRICT,
  constraint credit_entries__balance_range CHECK (((balance_after >= 0) AND (balance_after >= amount))),
  constraint credit_entries__expiry CHECK (((expires_at IS NULL) OR (kind = 'grant'::text))),
  constraint credit_entries__kinds CHECK ((kind = ANY (ARRAY['grant'::text, 'settle'::text, 'refund'::text, 'expire'::text, 'adjust'::text]))),
  constraint credit_entries__reference_length CHECK (((length(reference) >= 1) AND (length(reference) <= 255))),
  constraint credit_entries__reference_once UNIQUE (tenant_id, account_id, kind, reference),
  constraint credit_entries__signs CHECK (
CASE
    WHEN (kind = ANY (ARRAY['grant'::text, 'refund'::text])) THEN (amount > 0)
    WHEN (kind = ANY (ARRAY['settle'::text, 'expire'::text])) THEN (amount < 0)
    ELSE (amount <> 0)
END)
);
comment on column identity.credit_entries.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.credit_entries.reference is 'what it is for: a render''s id, a payment''s, a period''s; asked for twice, it is done once';
comment on column identity.credit_entries.reason is 'an adjustment''s, for people';
comment on column identity.credit_entries.expires_at is 'what is left of a grant then expires, under the grant''s id as reference';
comment on column identity.credit_entries.created_at is 'by the clock, not by the transaction''s begin: entries follow each other under the account''s lock';
CREATE INDEX credit_entries__account_newest ON identity.credit_entries USING btree (tenant_id, account_id, created_at DESC);
CREATE INDEX credit_entries__expiring ON identity.credit_entries USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE TRIGGER credit_entries__append_only BEFORE DELETE OR UPDATE ON identity.credit_entries FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
alter table identity.credit_entries enable row level security, force row level security;
create policy own on identity.credit_entries for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.credit_entries for all to flatrender_identity_system using (true) with check (true);
grant insert, select on identity.credit_entries to flatrender_identity;
grant insert, select on identity.credit_entries to flatrender_identity_system;

-- identity.credit_reservations

create table identity.credit_reservations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  reference text not null,
  amount bigint not null,
  state text not null default 'held'::text,
  settled_amount bigint,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint credit_reservations__primary PRIMARY KEY (tenant_id, id),
  constraint credit_reservations__account FOREIGN KEY (tenant_id, account_id) REFERENCES identity.credit_accounts(tenant_id, account_id) ON DELETE RESTRICT,
  constraint credit_reservations__amount_range CHECK ((amount > 0)),
  constraint credit_reservations__ended CHECK (((state = 'held'::text) = (ended_at IS NULL))),
  constraint credit_reservations__reference_length CHECK (((length(reference) >= 1) AND (length(reference) <= 255))),
  constraint credit_reservations__reference_once UNIQUE (tenant_id, account_id, reference),
  constraint credit_reservations__settled CHECK (((state = 'settled'::text) = (settled_amount IS NOT NULL))),
  constraint credit_reservations__settled_range CHECK (((settled_amount >= 1) AND (settled_amount <= amount))),
  constraint credit_reservations__states CHECK ((state = ANY (ARRAY['held'::text, 'settled'::text, 'released'::text, 'expired'::text])))
);
comment on column identity.credit_reservations.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.credit_reservations.reference is 'what they are for: a render''s id';
comment on column identity.credit_reservations.settled_amount is 'what the work cost; the rest is free again; work that cost nothing is released';
CREATE INDEX credit_reservations__expiring ON identity.credit_reservations USING btree (expires_at) WHERE (state = 'held'::text);
CREATE TRIGGER credit_reservations__touch BEFORE UPDATE ON identity.credit_reservations FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.credit_reservations enable row level security, force row level security;
create policy own on identity.credit_reservations for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.credit_reservations for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.credit_reservations to flatrender_identity;
grant delete, insert, select, update on identity.credit_reservations to flatrender_identity_system;

-- identity.earned_gifts

create table identity.earned_gifts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  gift_id uuid not null,
  rule_id uuid,
  event_id uuid,
  reward jsonb not null,
  state text not null default 'earned'::text,
  notification_id uuid,
  earned_at timestamp with time zone not null default now(),
  claimed_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint earned_gifts__primary PRIMARY KEY (tenant_id, id),
  constraint earned_gifts__claimed CHECK (((state = 'claimed'::text) = (claimed_at IS NOT NULL))),
  constraint earned_gifts__event_once UNIQUE (tenant_id, user_id, rule_id, event_id),
  constraint earned_gifts__expiry CHECK (((state <> 'expired'::text) OR (expires_at IS NOT NULL))),
  constraint earned_gifts__notification FOREIGN KEY (tenant_id, notification_id) REFERENCES notification.notifications(tenant_id, id) ON DELETE SET NULL (notification_id),
  constraint earned_gifts__reward_object CHECK ((jsonb_typeof(reward) = 'object'::text)),
  constraint earned_gifts__rule_triggered CHECK (((rule_id IS NULL) = (event_id IS NULL))),
  constraint earned_gifts__states CHECK ((state = ANY (ARRAY['earned'::text, 'claimed'::text, 'expired'::text]))),
  constraint earned_gifts__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.earned_gifts.gift_id is 'identity.gifts.id; not a key: it may be a shared one of a tenant above';
comment on column identity.earned_gifts.rule_id is 'identity.gift_rules.id; not a key, as for the gift; null: given by hand';
comment on column identity.earned_gifts.event_id is 'platform.events.id; a rule gives for an event once';
comment on column identity.earned_gifts.reward is 'the rule''s reward as it was';
comment on column identity.earned_gifts.notification_id is 'notification.notifications.id; a key of 14_notification, the one across schemas';
CREATE INDEX earned_gifts__expiring ON identity.earned_gifts USING btree (expires_at) WHERE (state = 'earned'::text);
CREATE INDEX earned_gifts__of_notification ON identity.earned_gifts USING btree (tenant_id, notification_id) WHERE (notification_id IS NOT NULL);
CREATE INDEX earned_gifts__user_newest ON identity.earned_gifts USING btree (tenant_id, user_id, earned_at DESC);
alter table identity.earned_gifts enable row level security, force row level security;
create policy own on identity.earned_gifts for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.earned_gifts for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.earned_gifts to flatrender_identity;
grant delete, insert, select, update on identity.earned_gifts to flatrender_identity_system;

-- identity.gift_rules

create table identity.gift_rules (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  gift_id uuid not null,
  event_type text not null,
  condition jsonb not null default '{}'::jsonb,
  reward_kind text not null,
  amount bigint,
  plan_id uuid,
  badge_id uuid,
  coupon_id uuid,
  limit_per_user integer default 1,
  claim_days integer,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint gift_rules__primary PRIMARY KEY (tenant_id, id),
  constraint gift_rules__amount_range CHECK ((amount > 0)),
  constraint gift_rules__condition_object CHECK ((jsonb_typeof(condition) = 'object'::text)),
  constraint gift_rules__event_type_shape CHECK ((event_type ~ '^[a-z]+(\.[a-z_]+)+(\.v[0-9]+)?$'::text)),
  constraint gift_rules__gift FOREIGN KEY (tenant_id, gift_id, shared) REFERENCES identity.gifts(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint gift_rules__limits CHECK (((limit_per_user >= 1) AND (claim_days >= 1))),
  constraint gift_rules__period CHECK ((starts_at < ends_at)),
  constraint gift_rules__reward CHECK ((((reward_kind = ANY (ARRAY['credits'::text, 'plan_days'::text, 'points'::text])) = (amount IS NOT NULL)) AND ((reward_kind = 'plan_days'::text) = (plan_id IS NOT NULL)) AND ((reward_kind = 'badge'::text) = (badge_id IS NOT NULL)) AND ((reward_kind = 'coupon'::text) = (coupon_id IS NOT NULL)))),
  constraint gift_rules__reward_kinds CHECK ((reward_kind = ANY (ARRAY['credits'::text, 'plan_days'::text, 'badge'::text, 'points'::text, 'coupon'::text])))
);
comment on column identity.gift_rules.event_type is 'the event that triggers it';
comment on column identity.gift_rules.condition is 'what the event''s data must be; empty: anything';
comment on column identity.gift_rules.plan_id is 'identity.plans.id; not a key: it may be a shared one of a tenant above';
comment on column identity.gift_rules.badge_id is 'identity.badges.id; not a key: it may be a shared one of a tenant above';
comment on column identity.gift_rules.coupon_id is 'identity.coupons.id; not a key: it may be one of a tenant above';
comment on column identity.gift_rules.limit_per_user is 'null: every time';
comment on column identity.gift_rules.claim_days is 'what is not claimed by then expires; null: never';
CREATE INDEX gift_rules__trigger ON identity.gift_rules USING btree (tenant_id, event_type);
CREATE TRIGGER gift_rules__touch BEFORE UPDATE ON identity.gift_rules FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.gift_rules enable row level security, force row level security;
create policy added on identity.gift_rules for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.gift_rules for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.gift_rules for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.gift_rules for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.gift_rules for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.gift_rules to flatrender_identity;
grant delete, insert, select, update on identity.gift_rules to flatrender_identity_system;

-- identity.gifts

create table identity.gifts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  image_file_id uuid,
  state text not null default 'draft'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint gifts__primary PRIMARY KEY (tenant_id, id),
  constraint gifts__description_localised CHECK ((jsonb_typeof(description) = 'object'::text)),
  constraint gifts__name_localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint gifts__shared_once UNIQUE (tenant_id, id, shared),
  constraint gifts__slug_once UNIQUE (tenant_id, slug),
  constraint gifts__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint gifts__states CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
  constraint gifts__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.gifts.image_file_id is 'file_mgr.files.id';
CREATE TRIGGER gifts__touch BEFORE UPDATE ON identity.gifts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.gifts enable row level security, force row level security;
create policy added on identity.gifts for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.gifts for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.gifts for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.gifts for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.gifts for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.gifts to flatrender_identity;
grant delete, insert, select, update on identity.gifts to flatrender_identity_system;

-- identity.invitations

create table identity.invitations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  email citext not null,
  role_id uuid not null,
  hash bytea not null,
  invited_by_id uuid,
  user_id uuid,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint invitations__primary PRIMARY KEY (tenant_id, id),
  constraint invitations__accepted CHECK (((user_id IS NULL) OR (accepted_at IS NOT NULL))),
  constraint invitations__email_shape CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::citext) AND (length((email)::text) <= 254))),
  constraint invitations__ended_once CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
  constraint invitations__hash_length CHECK ((octet_length(hash) = 32)),
  constraint invitations__hash_once UNIQUE (hash),
  constraint invitations__role FOREIGN KEY (tenant_id, role_id) REFERENCES identity.roles(tenant_id, id) ON DELETE CASCADE,
  constraint invitations__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE,
  constraint invitations__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE SET NULL (user_id)
);
comment on column identity.invitations.invited_by_id is 'identity.users.id; not a key: a reseller''s user may invite into a customer''s tenant';
comment on column identity.invitations.user_id is 'who accepted';
CREATE UNIQUE INDEX invitations__open_once ON identity.invitations USING btree (tenant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
alter table identity.invitations enable row level security, force row level security;
create policy own on identity.invitations for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.invitations for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.invitations to flatrender_identity;
grant delete, insert, select, update on identity.invitations to flatrender_identity_system;

-- identity.invoices

create table identity.invoices (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  seller_tenant_id uuid not null,
  subscription_id uuid,
  number text,
  state text not null default 'draft'::text,
  currency text not null,
  lines jsonb not null default '[]'::jsonb,
  subtotal_minor bigint not null,
  discount_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null,
  billed_to jsonb not null default '{}'::jsonb,
  issued_at timestamp with time zone,
  due_at timestamp with time zone,
  paid_at timestamp with time zone,
  voided_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint invoices__primary PRIMARY KEY (tenant_id, id),
  constraint invoices__amount_ranges CHECK (((subtotal_minor >= 0) AND ((discount_minor >= 0) AND (discount_minor <= subtotal_minor)) AND (tax_minor >= 0))),
  constraint invoices__billed_to_object CHECK ((jsonb_typeof(billed_to) = 'object'::text)),
  constraint invoices__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint invoices__issued CHECK ((((state = 'draft'::text) = (number IS NULL)) AND ((state = 'draft'::text) = (issued_at IS NULL)))),
  constraint invoices__lines_list CHECK ((jsonb_typeof(lines) = 'array'::text)),
  constraint invoices__number_once UNIQUE (seller_tenant_id, number),
  constraint invoices__paid CHECK (((state = 'paid'::text) = (paid_at IS NOT NULL))),
  constraint invoices__seller FOREIGN KEY (seller_tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT,
  constraint invoices__states CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'paid'::text, 'void'::text]))),
  constraint invoices__subscription FOREIGN KEY (tenant_id, subscription_id) REFERENCES identity.subscriptions(tenant_id, id) ON DELETE RESTRICT,
  constraint invoices__sum CHECK ((total_minor = ((subtotal_minor - discount_minor) + tax_minor))),
  constraint invoices__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT,
  constraint invoices__voided CHECK (((state = 'void'::text) = (voided_at IS NOT NULL)))
);
comment on column identity.invoices.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.invoices.seller_tenant_id is 'who sells: the tenant itself where it bills its users, else the one above it';
comment on column identity.invoices.billed_to is 'name, address and tax number as they were';
CREATE INDEX invoices__account_newest ON identity.invoices USING btree (tenant_id, account_id, created_at DESC);
CREATE INDEX invoices__due ON identity.invoices USING btree (due_at) WHERE (state = 'open'::text);
CREATE TRIGGER invoices__touch BEFORE UPDATE ON identity.invoices FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.invoices enable row level security, force row level security;
create policy own on identity.invoices for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.invoices for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.invoices to flatrender_identity;
grant delete, insert, select, update on identity.invoices to flatrender_identity_system;

-- identity.levels

create table identity.levels (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  number integer not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  icon_file_id uuid,
  min_points bigint not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint levels__primary PRIMARY KEY (tenant_id, id),
  constraint levels__description_localised CHECK ((jsonb_typeof(description) = 'object'::text)),
  constraint levels__min_points_once UNIQUE (tenant_id, min_points),
  constraint levels__min_points_range CHECK ((min_points >= 0)),
  constraint levels__name_localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint levels__number_once UNIQUE (tenant_id, number),
  constraint levels__number_range CHECK ((number >= 1)),
  constraint levels__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.levels.icon_file_id is 'file_mgr.files.id';
CREATE TRIGGER levels__touch BEFORE UPDATE ON identity.levels FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.levels enable row level security, force row level security;
create policy added on identity.levels for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.levels for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.levels for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.levels for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.levels for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.levels to flatrender_identity;
grant delete, insert, select, update on identity.levels to flatrender_identity_system;

-- identity.login_throttles

create table identity.login_throttles (
  tenant_id uuid not null,
  kind text not null,
  hash bytea not null,
  failures double precision not null default 1,
  failed_at timestamp with time zone not null default now(),
  next_attempt_at timestamp with time zone,
  constraint login_throttles__primary PRIMARY KEY (tenant_id, kind, hash),
  constraint login_throttles__failures_count CHECK ((failures >= (1)::double precision)),
  constraint login_throttles__hash_length CHECK ((octet_length(hash) = 32)),
  constraint login_throttles__kinds CHECK ((kind = ANY (ARRAY['account'::text, 'address'::text, 'pair'::text]))),
  constraint login_throttles__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.login_throttles.hash is 'SHA-256 of e-mail, address (/64 of IPv6) or both; unknown e-mails count alike';
comment on column identity.login_throttles.failures is 'at failed_at; half as many six hours later';
comment on column identity.login_throttles.next_attempt_at is 'refused until then';
CREATE INDEX login_throttles__oldest ON identity.login_throttles USING btree (failed_at);
alter table identity.login_throttles enable row level security, force row level security;
create policy own on identity.login_throttles for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.login_throttles for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.login_throttles to flatrender_identity;
grant delete, insert, select, update on identity.login_throttles to flatrender_identity_system;

-- identity.mail_throttles

create table identity.mail_throttles (
  tenant_id uuid not null,
  purpose text not null,
  hash bytea not null,
  mailed timestamp with time zone[] not null,
  mailed_at timestamp with time zone not null default now(),
  constraint mail_throttles__primary PRIMARY KEY (tenant_id, purpose, hash),
  constraint mail_throttles__hash_length CHECK ((octet_length(hash) = 32)),
  constraint mail_throttles__purposes CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'registration_repeated'::text, 'reset_password'::text, 'invitation'::text]))),
  constraint mail_throttles__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.mail_throttles.hash is 'SHA-256 of the e-mail address in lower case';
comment on column identity.mail_throttles.mailed is 'when, in the last hour before mailed_at';
comment on column identity.mail_throttles.mailed_at is 'when last';
CREATE INDEX mail_throttles__oldest ON identity.mail_throttles USING btree (mailed_at);
alter table identity.mail_throttles enable row level security, force row level security;
create policy own on identity.mail_throttles for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.mail_throttles for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.mail_throttles to flatrender_identity;
grant delete, insert, select, update on identity.mail_throttles to flatrender_identity_system;

-- identity.mfa_factors

create table identity.mfa_factors (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  kind text not null,
  name text not null default ''::text,
  sealed_secret bytea,
  last_step bigint,
  credential_id bytea,
  public_key bytea,
  sign_count bigint,
  transports text[],
  verified_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint mfa_factors__primary PRIMARY KEY (tenant_id, id),
  constraint mfa_factors__credential_once UNIQUE (tenant_id, credential_id),
  constraint mfa_factors__kinds CHECK ((kind = ANY (ARRAY['totp'::text, 'webauthn'::text]))),
  constraint mfa_factors__sign_count_range CHECK (((sign_count >= 0) AND (sign_count <= '4294967295'::bigint))),
  constraint mfa_factors__totp CHECK ((((kind = 'totp'::text) = (sealed_secret IS NOT NULL)) AND ((kind = 'totp'::text) OR (last_step IS NULL)))),
  constraint mfa_factors__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE,
  constraint mfa_factors__webauthn CHECK ((num_nonnulls(credential_id, public_key, sign_count, transports) =
CASE kind
    WHEN 'webauthn'::text THEN 4
    ELSE 0
END))
);
comment on column identity.mfa_factors.sealed_secret is 'AES-256-GCM under the secret key';
comment on column identity.mfa_factors.last_step is 'the time step of the last code taken: none is taken twice';
comment on column identity.mfa_factors.credential_id is 'the authenticator''s name for it';
comment on column identity.mfa_factors.public_key is 'COSE';
comment on column identity.mfa_factors.sign_count is 'one that falls back tells of a copied authenticator';
comment on column identity.mfa_factors.verified_at is 'it counts from its first right answer on';
CREATE INDEX mfa_factors__of_user ON identity.mfa_factors USING btree (tenant_id, user_id);
alter table identity.mfa_factors enable row level security, force row level security;
create policy own on identity.mfa_factors for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.mfa_factors for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.mfa_factors to flatrender_identity;
grant delete, insert, select, update on identity.mfa_factors to flatrender_identity_system;

-- identity.oauth_accounts

create table identity.oauth_accounts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  email citext,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint oauth_accounts__primary PRIMARY KEY (tenant_id, id),
  constraint oauth_accounts__provider FOREIGN KEY (tenant_id, provider_id) REFERENCES identity.oauth_providers(tenant_id, id) ON DELETE RESTRICT,
  constraint oauth_accounts__provider_once UNIQUE (tenant_id, user_id, provider_id),
  constraint oauth_accounts__subject_once UNIQUE (tenant_id, provider_id, subject),
  constraint oauth_accounts__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.oauth_accounts.subject is 'the provider''s id of the person: an e-mail may change hands';
CREATE TRIGGER oauth_accounts__touch BEFORE UPDATE ON identity.oauth_accounts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.oauth_accounts enable row level security, force row level security;
create policy own on identity.oauth_accounts for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.oauth_accounts for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.oauth_accounts to flatrender_identity;
grant delete, insert, select, update on identity.oauth_accounts to flatrender_identity_system;

-- identity.oauth_logins

create table identity.oauth_logins (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  provider_id uuid not null,
  user_id uuid,
  state_hash bytea not null,
  handle_hash bytea not null,
  redirect_uri text not null,
  sealed_secrets bytea not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint oauth_logins__primary PRIMARY KEY (tenant_id, id),
  constraint oauth_logins__hash_lengths CHECK (((octet_length(state_hash) = 32) AND (octet_length(handle_hash) = 32))),
  constraint oauth_logins__provider FOREIGN KEY (tenant_id, provider_id) REFERENCES identity.oauth_providers(tenant_id, id) ON DELETE CASCADE,
  constraint oauth_logins__state_once UNIQUE (state_hash),
  constraint oauth_logins__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.oauth_logins.user_id is 'who links an account to their own; null for a login';
comment on column identity.oauth_logins.state_hash is 'SHA-256 of what goes by the provider and comes back';
comment on column identity.oauth_logins.handle_hash is 'SHA-256 of what stays with the browser that began';
comment on column identity.oauth_logins.sealed_secrets is 'AES-256-GCM under the secret key: PKCE verifier and nonce';
CREATE INDEX oauth_logins__expiring ON identity.oauth_logins USING btree (expires_at);
alter table identity.oauth_logins enable row level security, force row level security;
create policy own on identity.oauth_logins for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.oauth_logins for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.oauth_logins to flatrender_identity;
grant delete, insert, select, update on identity.oauth_logins to flatrender_identity_system;

-- identity.oauth_providers

create table identity.oauth_providers (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  kind text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  sealed_client_secret bytea,
  scopes text[] not null default '{openid,email,profile}'::text[],
  trusts_email boolean not null default true,
  redirect_uris text[] not null default '{}'::text[],
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint oauth_providers__primary PRIMARY KEY (tenant_id, id),
  constraint oauth_providers__issuer_shape CHECK ((issuer ~ '^https?://'::text)),
  constraint oauth_providers__key_once UNIQUE (tenant_id, key),
  constraint oauth_providers__key_shape CHECK ((key ~ '^[a-z][a-z0-9-]{0,62}$'::text)),
  constraint oauth_providers__kinds CHECK ((kind = ANY (ARRAY['oidc'::text, 'github'::text]))),
  constraint oauth_providers__states CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text]))),
  constraint oauth_providers__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.oauth_providers.key is 'its name in the address of the login';
comment on column identity.oauth_providers.issuer is 'for GitHub, where it stands';
comment on column identity.oauth_providers.client_id is 'the provider''s name for us';
comment on column identity.oauth_providers.sealed_client_secret is 'AES-256-GCM under the secret key; null for a public client (PKCE)';
comment on column identity.oauth_providers.trusts_email is 'an e-mail that it calls verified is so for us';
comment on column identity.oauth_providers.redirect_uris is 'pages that people may be sent back to, beside those of the tenant''s own origins';
CREATE TRIGGER oauth_providers__touch BEFORE UPDATE ON identity.oauth_providers FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.oauth_providers enable row level security, force row level security;
create policy own on identity.oauth_providers for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.oauth_providers for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.oauth_providers to flatrender_identity;
grant delete, insert, select, update on identity.oauth_providers to flatrender_identity_system;

-- identity.payments

create table identity.payments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  invoice_id uuid,
  provider text not null,
  provider_reference text,
  state text not null default 'pending'::text,
  currency text not null,
  amount_minor bigint not null,
  refunded_minor bigint not null default 0,
  failure_code text,
  paid_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint payments__primary PRIMARY KEY (tenant_id, id),
  constraint payments__amount_range CHECK ((amount_minor > 0)),
  constraint payments__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payments__invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES identity.invoices(tenant_id, id) ON DELETE RESTRICT,
  constraint payments__paid CHECK (((state = ANY (ARRAY['succeeded'::text, 'refunded'::text])) = (paid_at IS NOT NULL))),
  constraint payments__paid_known CHECK (((state = ANY (ARRAY['pending'::text, 'failed'::text])) OR (provider_reference IS NOT NULL))),
  constraint payments__provider_reference_once UNIQUE (tenant_id, provider, provider_reference),
  constraint payments__refunded_range CHECK ((((refunded_minor >= 0) AND (refunded_minor <= amount_minor)) AND ((state = 'refunded'::text) = (refunded_minor = amount_minor)) AND ((refunded_minor = 0) OR (state = ANY (ARRAY['succeeded'::text, 'refunded'::text]))))),
  constraint payments__states CHECK ((state = ANY (ARRAY['pending'::text, 'succeeded'::text, 'failed'::text, 'refunded'::text]))),
  constraint payments__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT
);
comment on column identity.payments.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.payments.provider_reference is 'the provider''s name for it; null until the provider has answered';
comment on column identity.payments.refunded_minor is 'a part given back leaves it succeeded, all of it makes it refunded';
CREATE INDEX payments__account_newest ON identity.payments USING btree (tenant_id, account_id, created_at DESC);
CREATE INDEX payments__of_invoice ON identity.payments USING btree (tenant_id, invoice_id);
CREATE INDEX payments__pending ON identity.payments USING btree (created_at) WHERE (state = 'pending'::text);
CREATE TRIGGER payments__touch BEFORE UPDATE ON identity.payments FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.payments enable row level security, force row level security;
create policy own on identity.payments for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.payments for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.payments to flatrender_identity;
grant delete, insert, select, update on identity.payments to flatrender_identity_system;

-- identity.plan_prices

create table identity.plan_prices (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  plan_id uuid not null,
  currency text not null,
  "interval" text not null,
  amount_minor bigint not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint plan_prices__primary PRIMARY KEY (tenant_id, id),
  constraint plan_prices__amount_range CHECK ((amount_minor >= 0)),
  constraint plan_prices__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint plan_prices__intervals CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text]))),
  constraint plan_prices__plan FOREIGN KEY (tenant_id, plan_id, shared) REFERENCES identity.plans(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint plan_prices__price_once UNIQUE (tenant_id, plan_id, currency, "interval")
);
comment on column identity.plan_prices.amount_minor is 'in the smallest unit that is paid with: cents of USD, whole rials of IRR';
CREATE TRIGGER plan_prices__touch BEFORE UPDATE ON identity.plan_prices FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.plan_prices enable row level security, force row level security;
create policy added on identity.plan_prices for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.plan_prices for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.plan_prices for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.plan_prices for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.plan_prices for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.plan_prices to flatrender_identity;
grant delete, insert, select, update on identity.plan_prices to flatrender_identity_system;

-- identity.plans

create table identity.plans (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  state text not null default 'draft'::text,
  is_default boolean not null default false,
  "position" integer not null default 0,
  monthly_minutes integer,
  monthly_credits bigint not null default 0,
  max_short_side_pixels integer not null,
  has_watermark boolean not null default true,
  storage_bytes bigint not null,
  concurrent_renders integer not null default 1,
  priority integer not null default 0,
  allows_api boolean not null default false,
  max_batch_rows integer not null default 0,
  trial_days integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint plans__primary PRIMARY KEY (tenant_id, id),
  constraint plans__default_sold CHECK (((NOT is_default) OR (state = 'active'::text))),
  constraint plans__description_localised CHECK ((jsonb_typeof(description) = 'object'::text)),
  constraint plans__limits CHECK (((monthly_minutes >= 0) AND (monthly_credits >= 0) AND (max_short_side_pixels > 0) AND (storage_bytes >= 0) AND (concurrent_renders >= 1) AND (max_batch_rows >= 0) AND (trial_days >= 0))),
  constraint plans__name_localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint plans__shared_once UNIQUE (tenant_id, id, shared),
  constraint plans__slug_once UNIQUE (tenant_id, slug),
  constraint plans__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint plans__states CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
  constraint plans__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.plans.is_default is 'what an account has without a subscription';
comment on column identity.plans.monthly_minutes is 'length of the videos rendered; null: no limit but the credits';
comment on column identity.plans.max_short_side_pixels is 'resolution ceiling in pixels of the short side, whichever way the video stands';
comment on column identity.plans.priority is 'of two renders that wait, the higher goes first';
CREATE UNIQUE INDEX plans__default_once ON identity.plans USING btree (tenant_id) WHERE is_default;
CREATE TRIGGER plans__touch BEFORE UPDATE ON identity.plans FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.plans enable row level security, force row level security;
create policy added on identity.plans for insert to flatrender_identity with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on identity.plans for update to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on identity.plans for delete to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on identity.plans for select to flatrender_identity using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on identity.plans for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.plans to flatrender_identity;
grant delete, insert, select, update on identity.plans to flatrender_identity_system;

-- identity.points_entries

create table identity.points_entries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  kind text not null,
  amount bigint not null,
  balance_after bigint not null,
  reference text not null,
  reason text,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint points_entries__primary PRIMARY KEY (tenant_id, id),
  constraint points_entries__balance_range CHECK (((balance_after >= 0) AND (balance_after >= amount))),
  constraint points_entries__kinds CHECK ((kind = ANY (ARRAY['earn'::text, 'spend'::text, 'adjust'::text]))),
  constraint points_entries__reference_length CHECK (((length(reference) >= 1) AND (length(reference) <= 255))),
  constraint points_entries__reference_once UNIQUE (tenant_id, user_id, kind, reference),
  constraint points_entries__signs CHECK (
CASE kind
    WHEN 'earn'::text THEN (amount > 0)
    WHEN 'spend'::text THEN (amount < 0)
    ELSE (amount <> 0)
END),
  constraint points_entries__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.user_points(tenant_id, user_id) ON DELETE RESTRICT
);
comment on column identity.points_entries.reference is 'what it is for: an earned gift''s id, an event''s; asked for twice, it is done once';
comment on column identity.points_entries.created_at is 'by the clock, not by the transaction''s begin: entries follow each other under the lock';
CREATE INDEX points_entries__user_newest ON identity.points_entries USING btree (tenant_id, user_id, created_at DESC);
CREATE TRIGGER points_entries__append_only BEFORE DELETE OR UPDATE ON identity.points_entries FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
alter table identity.points_entries enable row level security, force row level security;
create policy own on identity.points_entries for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.points_entries for all to flatrender_identity_system using (true) with check (true);
grant insert, select on identity.points_entries to flatrender_identity;
grant insert, select on identity.points_entries to flatrender_identity_system;

-- identity.push_subscriptions

create table identity.push_subscriptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  endpoint text not null,
  p256dh bytea not null,
  sealed_auth bytea not null,
  user_agent text,
  failures integer not null default 0,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint push_subscriptions__primary PRIMARY KEY (tenant_id, id),
  constraint push_subscriptions__endpoint_once UNIQUE (tenant_id, endpoint),
  constraint push_subscriptions__endpoint_shape CHECK (((endpoint ~ '^https?://'::text) AND (length(endpoint) <= 2000))),
  constraint push_subscriptions__failures_count CHECK ((failures >= 0)),
  constraint push_subscriptions__p256dh_length CHECK ((octet_length(p256dh) = 65)),
  constraint push_subscriptions__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.push_subscriptions.p256dh is 'the browser''s public key, an uncompressed point of P-256';
comment on column identity.push_subscriptions.sealed_auth is 'AES-256-GCM under the secret key: the browser''s authentication secret';
CREATE INDEX push_subscriptions__of_user ON identity.push_subscriptions USING btree (tenant_id, user_id);
CREATE TRIGGER push_subscriptions__touch BEFORE UPDATE ON identity.push_subscriptions FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.push_subscriptions enable row level security, force row level security;
create policy own on identity.push_subscriptions for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.push_subscriptions for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.push_subscriptions to flatrender_identity;
grant delete, insert, select, update on identity.push_subscriptions to flatrender_identity_system;

-- identity.recovery_codes

create table identity.recovery_codes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  hash bytea not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint recovery_codes__primary PRIMARY KEY (tenant_id, id),
  constraint recovery_codes__hash_length CHECK ((octet_length(hash) = 32)),
  constraint recovery_codes__hash_once UNIQUE (tenant_id, user_id, hash),
  constraint recovery_codes__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
alter table identity.recovery_codes enable row level security, force row level security;
create policy own on identity.recovery_codes for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.recovery_codes for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.recovery_codes to flatrender_identity;
grant delete, insert, select, update on identity.recovery_codes to flatrender_identity_system;

-- identity.referral_codes

create table identity.referral_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  code citext not null,
  created_at timestamp with time zone not null default now(),
  constraint referral_codes__primary PRIMARY KEY (tenant_id, user_id),
  constraint referral_codes__code_once UNIQUE (tenant_id, code),
  constraint referral_codes__code_shape CHECK ((code ~ '^[a-z0-9][a-z0-9_-]{3,62}$'::citext)),
  constraint referral_codes__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
alter table identity.referral_codes enable row level security, force row level security;
create policy own on identity.referral_codes for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.referral_codes for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.referral_codes to flatrender_identity;
grant delete, insert, select, update on identity.referral_codes to flatrender_identity_system;

-- identity.referrals

create table identity.referrals (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  code citext not null,
  referrer_id uuid not null,
  referred_id uuid not null,
  state text not null default 'pending'::text,
  qualified_at timestamp with time zone,
  rewarded_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint referrals__primary PRIMARY KEY (tenant_id, id),
  constraint referrals__not_oneself CHECK ((referrer_id <> referred_id)),
  constraint referrals__qualified CHECK (((state <> ALL (ARRAY['qualified'::text, 'rewarded'::text])) OR (qualified_at IS NOT NULL))),
  constraint referrals__referred FOREIGN KEY (tenant_id, referred_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE,
  constraint referrals__referred_once UNIQUE (tenant_id, referred_id),
  constraint referrals__referrer FOREIGN KEY (tenant_id, referrer_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE,
  constraint referrals__rewarded CHECK (((state = 'rewarded'::text) = (rewarded_at IS NOT NULL))),
  constraint referrals__states CHECK ((state = ANY (ARRAY['pending'::text, 'qualified'::text, 'rewarded'::text, 'refused'::text])))
);
comment on column identity.referrals.code is 'the code that was used, as it was';
comment on column identity.referrals.state is 'pending: came; qualified: did what counts, such as verifying the e-mail; refused: found to be no one new';
CREATE INDEX referrals__referrer_newest ON identity.referrals USING btree (tenant_id, referrer_id, created_at DESC);
CREATE TRIGGER referrals__touch BEFORE UPDATE ON identity.referrals FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.referrals enable row level security, force row level security;
create policy own on identity.referrals for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.referrals for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.referrals to flatrender_identity;
grant delete, insert, select, update on identity.referrals to flatrender_identity_system;

-- identity.refresh_tokens

create table identity.refresh_tokens (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  session_id uuid not null,
  generation integer not null default 1,
  turn integer not null default 1,
  hash bytea not null,
  used_at timestamp with time zone,
  replaced_by integer,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint refresh_tokens__primary PRIMARY KEY (tenant_id, id),
  constraint refresh_tokens__generation_count CHECK ((generation >= 1)),
  constraint refresh_tokens__generation_once UNIQUE (tenant_id, session_id, generation),
  constraint refresh_tokens__hash_length CHECK ((octet_length(hash) = 32)),
  constraint refresh_tokens__hash_once UNIQUE (hash),
  constraint refresh_tokens__replaced CHECK (((replaced_by IS NULL) OR ((replaced_by > generation) AND (used_at IS NOT NULL)))),
  constraint refresh_tokens__session FOREIGN KEY (tenant_id, session_id) REFERENCES identity.sessions(tenant_id, id) ON DELETE CASCADE,
  constraint refresh_tokens__successor FOREIGN KEY (tenant_id, session_id, replaced_by) REFERENCES identity.refresh_tokens(tenant_id, session_id, generation) ON DELETE SET NULL (replaced_by),
  constraint refresh_tokens__turn_count CHECK (((turn >= 1) AND (turn <= generation)))
);
comment on column identity.refresh_tokens.turn is 'how many uses it is away from the login; once one token of a turn is used, all of it are';
comment on column identity.refresh_tokens.hash is 'SHA-256 of the token: it is long and random, so no slow hash is needed';
comment on column identity.refresh_tokens.replaced_by is 'generation of its successor';
alter table identity.refresh_tokens enable row level security, force row level security;
create policy own on identity.refresh_tokens for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.refresh_tokens for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.refresh_tokens to flatrender_identity;
grant delete, insert, select, update on identity.refresh_tokens to flatrender_identity_system;

-- identity.roles

create table identity.roles (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  permissions text[] not null default '{}'::text[],
  built_in boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint roles__primary PRIMARY KEY (tenant_id, id),
  constraint roles__built_ins CHECK ((built_in = (key = ANY (ARRAY['owner'::text, 'admin'::text, 'designer'::text, 'support'::text, 'member'::text])))),
  constraint roles__key_once UNIQUE (tenant_id, key),
  constraint roles__key_shape CHECK ((key ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  constraint roles__name_localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint roles__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.roles.built_in is 'every tenant gets these five; they can''t be removed';
CREATE TRIGGER roles__touch BEFORE UPDATE ON identity.roles FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.roles enable row level security, force row level security;
create policy own on identity.roles for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.roles for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.roles to flatrender_identity;
grant delete, insert, select, update on identity.roles to flatrender_identity_system;

-- identity.sessions

create table identity.sessions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  device text not null default ''::text,
  address inet,
  user_agent text,
  methods text[] not null,
  proven_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  created_at timestamp with time zone not null default now(),
  constraint sessions__primary PRIMARY KEY (tenant_id, id),
  constraint sessions__method_kinds CHECK (((methods <@ ARRAY['password'::text, 'totp'::text, 'webauthn'::text, 'recovery_code'::text, 'oauth'::text, 'mailed_link'::text]) AND (cardinality(methods) > 0))),
  constraint sessions__reasons CHECK ((revoked_reason = ANY (ARRAY['logout'::text, 'revoked'::text, 'token_reused'::text, 'password_changed'::text, 'user_suspended'::text, 'user_deleted'::text]))),
  constraint sessions__revoked CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
  constraint sessions__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.sessions.methods is 'by what its user proved who they are';
comment on column identity.sessions.proven_at is 'when last: dangerous acts ask again once it is too long ago';
CREATE INDEX sessions__expiring ON identity.sessions USING btree (expires_at);
CREATE INDEX sessions__of_user ON identity.sessions USING btree (tenant_id, user_id);
CREATE INDEX sessions__revoked_newest ON identity.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX sessions__user_open ON identity.sessions USING btree (tenant_id, user_id, last_seen_at DESC) WHERE (revoked_at IS NULL);
alter table identity.sessions enable row level security, force row level security;
create policy own on identity.sessions for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.sessions for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.sessions to flatrender_identity;
grant delete, insert, select, update on identity.sessions to flatrender_identity_system;

-- identity.signing_keys

create table identity.signing_keys (
  kid text not null,
  algorithm text not null default 'EdDSA'::text,
  public_jwk jsonb not null,
  sealed_private_key bytea,
  state text not null default 'next'::text,
  not_before_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint signing_keys__primary PRIMARY KEY (kid),
  constraint signing_keys__algorithms CHECK ((algorithm = 'EdDSA'::text)),
  constraint signing_keys__public_half CHECK (((jsonb_typeof(public_jwk) = 'object'::text) AND (NOT (public_jwk ? 'd'::text)))),
  constraint signing_keys__retired CHECK (((state = 'retired'::text) = (retired_at IS NOT NULL))),
  constraint signing_keys__signs CHECK (((state = 'retired'::text) OR (sealed_private_key IS NOT NULL))),
  constraint signing_keys__states CHECK ((state = ANY (ARRAY['next'::text, 'active'::text, 'retired'::text])))
);
comment on column identity.signing_keys.sealed_private_key is 'AES-256-GCM under the secret key; dropped when it retires';
comment on column identity.signing_keys.not_before_at is 'published before it signs, so that nobody meets a key that they don''t know';
comment on column identity.signing_keys.retired_at is 'still published until the last token it signed has expired';
CREATE UNIQUE INDEX signing_keys__one_each ON identity.signing_keys USING btree (state) WHERE (state = ANY (ARRAY['next'::text, 'active'::text]));
alter table identity.signing_keys enable row level security, force row level security;
create policy system on identity.signing_keys for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.signing_keys to flatrender_identity_system;

-- identity.streaks

create table identity.streaks (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  length integer not null default 1,
  best integer not null default 1,
  last_day date not null,
  constraint streaks__primary PRIMARY KEY (tenant_id, user_id, kind),
  constraint streaks__kinds CHECK ((kind = ANY (ARRAY['visit'::text, 'render'::text]))),
  constraint streaks__lengths CHECK (((length >= 1) AND (best >= length))),
  constraint streaks__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.streaks.length is 'as of last_day: it has ended once a day was left out';
comment on column identity.streaks.last_day is 'in the user''s time zone';
alter table identity.streaks enable row level security, force row level security;
create policy own on identity.streaks for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.streaks for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.streaks to flatrender_identity;
grant delete, insert, select, update on identity.streaks to flatrender_identity_system;

-- identity.subscriptions

create table identity.subscriptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  plan_id uuid not null,
  state text not null,
  currency text not null,
  "interval" text not null,
  amount_minor bigint not null,
  period_starts_at timestamp with time zone not null,
  period_ends_at timestamp with time zone not null,
  trial_ends_at timestamp with time zone,
  cancels_at timestamp with time zone,
  ended_at timestamp with time zone,
  provider text,
  provider_reference text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint subscriptions__primary PRIMARY KEY (tenant_id, id),
  constraint subscriptions__amount_range CHECK ((amount_minor >= 0)),
  constraint subscriptions__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint subscriptions__ended CHECK (((state = ANY (ARRAY['cancelled'::text, 'expired'::text])) = (ended_at IS NOT NULL))),
  constraint subscriptions__intervals CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text]))),
  constraint subscriptions__period CHECK ((period_starts_at < period_ends_at)),
  constraint subscriptions__provider_known CHECK (((provider_reference IS NULL) OR (provider IS NOT NULL))),
  constraint subscriptions__states CHECK ((state = ANY (ARRAY['trialing'::text, 'active'::text, 'past_due'::text, 'cancelled'::text, 'expired'::text]))),
  constraint subscriptions__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT,
  constraint subscriptions__trial CHECK (((state <> 'trialing'::text) OR (trial_ends_at IS NOT NULL)))
);
comment on column identity.subscriptions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.subscriptions.plan_id is 'identity.plans.id; not a key: it may be a shared one of a tenant above';
comment on column identity.subscriptions.amount_minor is 'the price agreed on, whatever the plan costs others now';
comment on column identity.subscriptions.cancels_at is 'it was cancelled and lasts until then';
comment on column identity.subscriptions.provider_reference is 'the payment provider''s name for it, where the provider renews it';
CREATE INDEX subscriptions__account_newest ON identity.subscriptions USING btree (tenant_id, account_id, created_at DESC);
CREATE INDEX subscriptions__due ON identity.subscriptions USING btree (period_ends_at) WHERE (state = ANY (ARRAY['trialing'::text, 'active'::text, 'past_due'::text]));
CREATE UNIQUE INDEX subscriptions__live_once ON identity.subscriptions USING btree (tenant_id, account_id) WHERE (state = ANY (ARRAY['trialing'::text, 'active'::text, 'past_due'::text]));
CREATE INDEX subscriptions__of_plan ON identity.subscriptions USING btree (plan_id) WHERE (state = ANY (ARRAY['trialing'::text, 'active'::text, 'past_due'::text]));
CREATE TRIGGER subscriptions__touch BEFORE UPDATE ON identity.subscriptions FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.subscriptions enable row level security, force row level security;
create policy own on identity.subscriptions for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.subscriptions for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.subscriptions to flatrender_identity;
grant delete, insert, select, update on identity.subscriptions to flatrender_identity_system;

-- identity.tenant_api_keys

create table identity.tenant_api_keys (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null default '{}'::text[],
  allowed_addresses cidr[] not null default '{}'::cidr[],
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  last_used_address inet,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint tenant_api_keys__primary PRIMARY KEY (tenant_id, id),
  constraint tenant_api_keys__hash_length CHECK ((octet_length(hash) = 32)),
  constraint tenant_api_keys__hash_once UNIQUE (hash),
  constraint tenant_api_keys__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.tenant_api_keys.owner_id is 'identity.users.id; who made it; null for one made by a program';
comment on column identity.tenant_api_keys.prefix is 'the part that is shown: fr_live_ and eight letters';
comment on column identity.tenant_api_keys.hash is 'SHA-256 of the whole key: it is long and random, so no slow hash is needed';
comment on column identity.tenant_api_keys.allowed_addresses is 'none: from anywhere';
CREATE INDEX tenant_api_keys__revoked_newest ON identity.tenant_api_keys USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
alter table identity.tenant_api_keys enable row level security, force row level security;
create policy own on identity.tenant_api_keys for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_api_keys for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_api_keys to flatrender_identity;
grant delete, insert, select, update on identity.tenant_api_keys to flatrender_identity_system;

-- identity.tenant_api_request_logs

create table identity.tenant_api_request_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  requested_at timestamp with time zone not null default now(),
  request_id text not null,
  api_key_id uuid,
  user_id uuid,
  method text not null,
  route text not null,
  status integer not null,
  duration_ms integer not null,
  request_bytes bigint not null default 0,
  response_bytes bigint not null default 0,
  address inet,
  error_code text,
  constraint tenant_api_request_logs__primary PRIMARY KEY (tenant_id, requested_at, id),
  constraint tenant_api_request_logs__status_range CHECK (((status >= 100) AND (status <= 599)))
) partition by RANGE (requested_at);
comment on column identity.tenant_api_request_logs.api_key_id is 'identity.tenant_api_keys.id; not a key: the log outlives it';
comment on column identity.tenant_api_request_logs.user_id is 'identity.users.id; not a key: the log outlives it';
comment on column identity.tenant_api_request_logs.route is 'the route''s pattern, without the ids in it';
alter table identity.tenant_api_request_logs enable row level security, force row level security;
create policy own on identity.tenant_api_request_logs for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_api_request_logs for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_api_request_logs to flatrender_identity;
grant delete, insert, select, update on identity.tenant_api_request_logs to flatrender_identity_system;

-- identity.tenant_api_request_logs_default

create table identity.tenant_api_request_logs_default (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  requested_at timestamp with time zone not null default now(),
  request_id text not null,
  api_key_id uuid,
  user_id uuid,
  method text not null,
  route text not null,
  status integer not null,
  duration_ms integer not null,
  request_bytes bigint not null default 0,
  response_bytes bigint not null default 0,
  address inet,
  error_code text,
  constraint tenant_api_request_logs__status_range CHECK (((status >= 100) AND (status <= 599)))
);
alter table identity.tenant_api_request_logs_default enable row level security, force row level security;
create policy own on identity.tenant_api_request_logs_default for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_api_request_logs_default for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_api_request_logs_default to flatrender_identity;
grant delete, insert, select, update on identity.tenant_api_request_logs_default to flatrender_identity_system;

-- identity.tenant_branding

create table identity.tenant_branding (
  tenant_id uuid not null,
  domain citext,
  domain_token text,
  domain_verified_at timestamp with time zone,
  domain_seen_at timestamp with time zone,
  domain_missed_at timestamp with time zone,
  logo_file_id uuid,
  icon_file_id uuid,
  colors jsonb not null default '{}'::jsonb,
  mail_sender_name text,
  mail_sender_address citext,
  terms_url text,
  privacy_url text,
  support_url text,
  hides_platform boolean not null default false,
  allowed_origins text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tenant_branding__primary PRIMARY KEY (tenant_id),
  constraint tenant_branding__domain_proof CHECK ((((domain IS NULL) = (domain_token IS NULL)) AND ((domain_verified_at IS NULL) OR (domain IS NOT NULL)))),
  constraint tenant_branding__domain_shape CHECK ((domain ~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}|xn--[a-z0-9-]*[a-z0-9])$'::citext)),
  constraint tenant_branding__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.tenant_branding.domain_token is 'what the domain''s TXT record must say; the domain counts only once it was seen';
comment on column identity.tenant_branding.domain_seen_at is 'when the record was last found';
comment on column identity.tenant_branding.domain_missed_at is 'when it was first looked for in vain since; a week later it takes the proof with it';
comment on column identity.tenant_branding.logo_file_id is 'file_mgr.files.id';
comment on column identity.tenant_branding.icon_file_id is 'file_mgr.files.id';
comment on column identity.tenant_branding.allowed_origins is 'whose pages may call the API from a browser, beside those of the proven domain: https://app.example.com';
CREATE UNIQUE INDEX tenant_branding__domain_once ON identity.tenant_branding USING btree (domain) WHERE (domain_verified_at IS NOT NULL);
CREATE TRIGGER tenant_branding__touch BEFORE UPDATE ON identity.tenant_branding FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.tenant_branding enable row level security, force row level security;
create policy own on identity.tenant_branding for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_branding for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_branding to flatrender_identity;
grant delete, insert, select, update on identity.tenant_branding to flatrender_identity_system;

-- identity.tenant_usage_daily

create table identity.tenant_usage_daily (
  tenant_id uuid not null,
  day date not null,
  account_id uuid not null,
  api_requests bigint not null default 0,
  renders integer not null default 0,
  render_seconds numeric(14,3) not null default 0,
  credits_spent bigint not null default 0,
  storage_bytes bigint not null default 0,
  egress_bytes bigint not null default 0,
  constraint tenant_usage_daily__primary PRIMARY KEY (tenant_id, day, account_id),
  constraint tenant_usage_daily__counts CHECK (((api_requests >= 0) AND (renders >= 0) AND (render_seconds >= (0)::numeric) AND (credits_spent >= 0) AND (storage_bytes >= 0) AND (egress_bytes >= 0))),
  constraint tenant_usage_daily__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.tenant_usage_daily.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.tenant_usage_daily.render_seconds is 'length of the videos rendered';
alter table identity.tenant_usage_daily enable row level security, force row level security;
create policy own on identity.tenant_usage_daily for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_usage_daily for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_usage_daily to flatrender_identity;
grant delete, insert, select, update on identity.tenant_usage_daily to flatrender_identity_system;

-- identity.tenant_webhook_deliveries

create table identity.tenant_webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  url text,
  payload text not null,
  attempt integer not null,
  state text not null default 'pending'::text,
  response_status integer,
  response_excerpt text,
  error text,
  duration_ms integer,
  next_attempt_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint tenant_webhook_deliveries__primary PRIMARY KEY (tenant_id, id),
  constraint tenant_webhook_deliveries__attempt_count CHECK ((attempt >= 1)),
  constraint tenant_webhook_deliveries__attempt_once UNIQUE (tenant_id, webhook_id, event_id, attempt),
  constraint tenant_webhook_deliveries__states CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'abandoned'::text]))),
  constraint tenant_webhook_deliveries__webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES identity.tenant_webhooks(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.tenant_webhook_deliveries.event_id is 'platform.events.id, which may be gone; of a test nobody''s';
comment on column identity.tenant_webhook_deliveries.url is 'that the render named; null: the webhook''s';
comment on column identity.tenant_webhook_deliveries.payload is 'the body, to the letter: it is signed';
comment on column identity.tenant_webhook_deliveries.next_attempt_at is 'of a pending one: when it is tried, or tried again if whoever tries it now dies over it';
CREATE INDEX tenant_webhook_deliveries__due ON identity.tenant_webhook_deliveries USING btree (next_attempt_at) WHERE (state = 'pending'::text);
CREATE INDEX tenant_webhook_deliveries__newest ON identity.tenant_webhook_deliveries USING btree (tenant_id, webhook_id, created_at DESC);
CREATE INDEX tenant_webhook_deliveries__old ON identity.tenant_webhook_deliveries USING btree (created_at);
alter table identity.tenant_webhook_deliveries enable row level security, force row level security;
create policy own on identity.tenant_webhook_deliveries for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_webhook_deliveries for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_webhook_deliveries to flatrender_identity;
grant delete, insert, select, update on identity.tenant_webhook_deliveries to flatrender_identity_system;

-- identity.tenant_webhooks

create table identity.tenant_webhooks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null default 'endpoint'::text,
  url text,
  description text not null default ''::text,
  event_types text[] not null default '{}'::text[],
  sealed_secret bytea not null,
  state text not null default 'active'::text,
  failures integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tenant_webhooks__primary PRIMARY KEY (tenant_id, id),
  constraint tenant_webhooks__addressed CHECK (((kind = 'renders'::text) = (url IS NULL))),
  constraint tenant_webhooks__failures_count CHECK ((failures >= 0)),
  constraint tenant_webhooks__kinds CHECK ((kind = ANY (ARRAY['endpoint'::text, 'renders'::text]))),
  constraint tenant_webhooks__states CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text]))),
  constraint tenant_webhooks__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE,
  constraint tenant_webhooks__url_shape CHECK ((url ~ '^https?://'::text))
);
comment on column identity.tenant_webhooks.kind is 'renders: what goes to the address that a render names; one for each tenant, made when it is first needed';
comment on column identity.tenant_webhooks.event_types is 'none: all';
comment on column identity.tenant_webhooks.sealed_secret is 'AES-256-GCM under the secret key: it signs what is delivered';
comment on column identity.tenant_webhooks.failures is 'tries that failed since the last that did not';
CREATE UNIQUE INDEX tenant_webhooks__renders_once ON identity.tenant_webhooks USING btree (tenant_id) WHERE (kind = 'renders'::text);
CREATE TRIGGER tenant_webhooks__touch BEFORE UPDATE ON identity.tenant_webhooks FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.tenant_webhooks enable row level security, force row level security;
create policy own on identity.tenant_webhooks for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.tenant_webhooks for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.tenant_webhooks to flatrender_identity;
grant delete, insert, select, update on identity.tenant_webhooks to flatrender_identity_system;

-- identity.tenants

create table identity.tenants (
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  kind text not null,
  slug citext not null,
  name text not null,
  state text not null default 'active'::text,
  language text not null default 'en'::text,
  currency text not null default 'USD'::text,
  bills text not null default 'tenant'::text,
  suspended_at timestamp with time zone,
  suspended_reason text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tenants__primary PRIMARY KEY (id),
  constraint tenants__billings CHECK ((bills = ANY (ARRAY['tenant'::text, 'user'::text]))),
  constraint tenants__currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint tenants__kinds CHECK ((kind = ANY (ARRAY['platform'::text, 'reseller'::text, 'customer'::text]))),
  constraint tenants__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint tenants__parent FOREIGN KEY (parent_id) REFERENCES identity.tenants(id) ON DELETE RESTRICT,
  constraint tenants__root CHECK (((kind = 'platform'::text) = (parent_id IS NULL))),
  constraint tenants__slug_once UNIQUE (slug),
  constraint tenants__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint tenants__states CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text]))),
  constraint tenants__suspended CHECK (((state = 'suspended'::text) = (suspended_at IS NOT NULL)))
);
comment on column identity.tenants.bills is 'who has plan, credits and quota: the tenant, or each of its users';
CREATE INDEX tenants__children ON identity.tenants USING btree (parent_id);
CREATE TRIGGER tenants__touch BEFORE UPDATE ON identity.tenants FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.tenants enable row level security, force row level security;
create policy changed on identity.tenants for update to flatrender_identity using ((id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy own on identity.tenants for select to flatrender_identity using (((id = ( SELECT platform.current_tenant() AS current_tenant)) OR (parent_id = ( SELECT platform.current_tenant() AS current_tenant))));
create policy system on identity.tenants for all to flatrender_identity_system using (true) with check (true);
grant select on identity.tenants to flatrender_identity;
grant delete, insert, select, update on identity.tenants to flatrender_identity_system;

-- identity.user_badges

create table identity.user_badges (
  tenant_id uuid not null,
  user_id uuid not null,
  badge_id uuid not null,
  earned_at timestamp with time zone not null default now(),
  constraint user_badges__primary PRIMARY KEY (tenant_id, user_id, badge_id),
  constraint user_badges__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.user_badges.badge_id is 'identity.badges.id; not a key: it may be a shared one of a tenant above';
alter table identity.user_badges enable row level security, force row level security;
create policy own on identity.user_badges for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.user_badges for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.user_badges to flatrender_identity;
grant delete, insert, select, update on identity.user_badges to flatrender_identity_system;

-- identity.user_points

create table identity.user_points (
  tenant_id uuid not null,
  user_id uuid not null,
  balance bigint not null default 0,
  earned bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint user_points__primary PRIMARY KEY (tenant_id, user_id),
  constraint user_points__earned_range CHECK ((earned >= balance)),
  constraint user_points__never_below_zero CHECK ((balance >= 0)),
  constraint user_points__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE RESTRICT
);
comment on column identity.user_points.earned is 'all points ever earned: they decide the level';
CREATE TRIGGER user_points__touch BEFORE UPDATE ON identity.user_points FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.user_points enable row level security, force row level security;
create policy own on identity.user_points for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.user_points for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.user_points to flatrender_identity;
grant delete, insert, select, update on identity.user_points to flatrender_identity_system;

-- identity.user_roles

create table identity.user_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint user_roles__primary PRIMARY KEY (tenant_id, user_id, role_id),
  constraint user_roles__role FOREIGN KEY (tenant_id, role_id) REFERENCES identity.roles(tenant_id, id) ON DELETE CASCADE,
  constraint user_roles__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX user_roles__holders ON identity.user_roles USING btree (tenant_id, role_id);
alter table identity.user_roles enable row level security, force row level security;
create policy own on identity.user_roles for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.user_roles for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.user_roles to flatrender_identity;
grant delete, insert, select, update on identity.user_roles to flatrender_identity_system;

-- identity.user_tokens

create table identity.user_tokens (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  purpose text not null,
  hash bytea not null,
  data jsonb not null default '{}'::jsonb,
  failures integer not null default 0,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint user_tokens__primary PRIMARY KEY (tenant_id, id),
  constraint user_tokens__failures_count CHECK ((failures >= 0)),
  constraint user_tokens__hash_length CHECK ((octet_length(hash) = 32)),
  constraint user_tokens__hash_once UNIQUE (hash),
  constraint user_tokens__purposes CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'change_email'::text, 'reset_password'::text, 'magic_link'::text, 'mfa'::text, 'webauthn'::text]))),
  constraint user_tokens__user FOREIGN KEY (tenant_id, user_id) REFERENCES identity.users(tenant_id, id) ON DELETE CASCADE
);
comment on column identity.user_tokens.purpose is 'mfa: the password was right, a factor is due; webauthn: an authenticator is asked';
comment on column identity.user_tokens.data is 'what the purpose needs, without secrets: the address to change to, a WebAuthn challenge';
comment on column identity.user_tokens.failures is 'wrong codes tried with it';
CREATE INDEX user_tokens__expiring ON identity.user_tokens USING btree (expires_at);
CREATE INDEX user_tokens__open ON identity.user_tokens USING btree (tenant_id, user_id, purpose) WHERE (used_at IS NULL);
alter table identity.user_tokens enable row level security, force row level security;
create policy own on identity.user_tokens for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.user_tokens for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.user_tokens to flatrender_identity;
grant delete, insert, select, update on identity.user_tokens to flatrender_identity_system;

-- identity.users

create table identity.users (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  email citext,
  email_verified_at timestamp with time zone,
  password_hash text,
  password_changed_at timestamp with time zone,
  requires_mfa boolean not null default false,
  name text not null default ''::text,
  avatar_file_id uuid,
  language text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  state text not null default 'active'::text,
  suspended_at timestamp with time zone,
  suspended_reason text,
  deleted_at timestamp with time zone,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint users__primary PRIMARY KEY (tenant_id, id),
  constraint users__deleted CHECK (((state = 'deleted'::text) = (deleted_at IS NOT NULL))),
  constraint users__email_kept CHECK (((state = 'deleted'::text) = (email IS NULL))),
  constraint users__email_once UNIQUE (tenant_id, email),
  constraint users__email_shape CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::citext) AND (length((email)::text) <= 254))),
  constraint users__emptied CHECK (((state <> 'deleted'::text) OR ((name = ''::text) AND (password_hash IS NULL) AND (email_verified_at IS NULL) AND (avatar_file_id IS NULL)))),
  constraint users__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint users__password_hash_shape CHECK ((password_hash ~~ '$argon2id$%'::text)),
  constraint users__states CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text]))),
  constraint users__suspended CHECK (((state = 'suspended'::text) = (suspended_at IS NOT NULL))),
  constraint users__tenant FOREIGN KEY (tenant_id) REFERENCES identity.tenants(id) ON DELETE CASCADE
);
comment on column identity.users.password_hash is 'Argon2id, encoded; null: logs in by a foreign account or a mailed link alone';
comment on column identity.users.requires_mfa is 'demanded by an admin: without a factor, login leads to setting one up';
comment on column identity.users.avatar_file_id is 'file_mgr.files.id';
comment on column identity.users.time_zone is 'IANA name';
CREATE INDEX users__deleted_newest ON identity.users USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX users__newest ON identity.users USING btree (tenant_id, created_at DESC);
CREATE INDEX users__suspended_newest ON identity.users USING btree (suspended_at) WHERE (suspended_at IS NOT NULL);
CREATE TRIGGER users__touch BEFORE UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table identity.users enable row level security, force row level security;
create policy own on identity.users for all to flatrender_identity using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on identity.users for all to flatrender_identity_system using (true) with check (true);
grant delete, insert, select, update on identity.users to flatrender_identity;
grant delete, insert, select, update on identity.users to flatrender_identity_system;

-- Functions of content

CREATE OR REPLACE FUNCTION content.refuse_published_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'version % of template % is published', old.version, old.template_id using errcode = 'restrict_violation';
end
$function$
;

-- content.assets

create table content.assets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid not null,
  shared boolean not null default false,
  path text not null,
  hash bytea not null,
  media_type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  constraint assets__primary PRIMARY KEY (tenant_id, id),
  constraint assets__hash_length CHECK ((octet_length(hash) = 32)),
  constraint assets__measures CHECK ((((width IS NULL) = (height IS NULL)) AND (width > 0) AND (height > 0))),
  constraint assets__media_type_shape CHECK ((media_type ~ '^[a-z]+/[a-z0-9.+-]+$'::text)),
  constraint assets__path_once UNIQUE (tenant_id, version_id, path),
  constraint assets__path_shape CHECK (((path !~ '(^|/)(\.\.?)?(/|$)'::text) AND (path !~ '[\\:]'::text))),
  constraint assets__size CHECK ((size_bytes >= 0)),
  constraint assets__version FOREIGN KEY (tenant_id, version_id, shared) REFERENCES content.template_versions(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.assets.hash is 'SHA-256';
comment on column content.assets.width is 'pixels; null for what is no picture';
alter table content.assets enable row level security, force row level security;
create policy added on content.assets for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.assets for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.assets for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.assets for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.assets for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.assets to flatrender_content;
grant delete, insert, select, update on content.assets to flatrender_content_system;

-- content.banners

create table content.banners (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  placement text not null,
  title jsonb not null,
  description jsonb not null default '{}'::jsonb,
  file_id uuid,
  url text,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint banners__primary PRIMARY KEY (tenant_id, id),
  constraint banners__localised CHECK (((jsonb_typeof(title) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint banners__placement_shape CHECK ((placement ~ '^[a-z][a-z0-9_-]{0,63}$'::text)),
  constraint banners__span CHECK ((ends_at > starts_at)),
  constraint banners__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint banners__url_shape CHECK ((url ~ '^(/($|[^/\\])|https?://)'::text))
);
comment on column content.banners.file_id is 'file_mgr.files.id; its picture';
comment on column content.banners.starts_at is 'this and ends_at: null is open';
CREATE INDEX banners__placement ON content.banners USING btree (tenant_id, placement, "position") WHERE (state = 'active'::text);
CREATE TRIGGER banners__touch BEFORE UPDATE ON content.banners FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.banners enable row level security, force row level security;
create policy own on content.banners for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.banners for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.banners to flatrender_content;
grant delete, insert, select, update on content.banners to flatrender_content_system;

-- content.blog_categories

create table content.blog_categories (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint blog_categories__primary PRIMARY KEY (tenant_id, id),
  constraint blog_categories__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint blog_categories__not_own_parent CHECK ((parent_id <> id)),
  constraint blog_categories__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES content.blog_categories(tenant_id, id) ON DELETE RESTRICT,
  constraint blog_categories__slug_once UNIQUE (tenant_id, slug),
  constraint blog_categories__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint blog_categories__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
CREATE INDEX blog_categories__children ON content.blog_categories USING btree (tenant_id, parent_id, "position");
CREATE TRIGGER blog_categories__touch BEFORE UPDATE ON content.blog_categories FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.blog_categories enable row level security, force row level security;
create policy own on content.blog_categories for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.blog_categories for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.blog_categories to flatrender_content;
grant delete, insert, select, update on content.blog_categories to flatrender_content_system;

-- content.blog_posts

create table content.blog_posts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  translation_group uuid not null default platform.uuid_v7(),
  language text not null,
  category_id uuid,
  author_id uuid,
  slug citext not null,
  title text not null,
  excerpt text not null default ''::text,
  body text not null default ''::text,
  seo jsonb not null default '{}'::jsonb,
  cover_file_id uuid,
  state text not null default 'draft'::text,
  published_at timestamp with time zone,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint blog_posts__primary PRIMARY KEY (tenant_id, id),
  constraint blog_posts__category FOREIGN KEY (tenant_id, category_id) REFERENCES content.blog_categories(tenant_id, id) ON DELETE SET NULL (category_id),
  constraint blog_posts__language_once UNIQUE (tenant_id, translation_group, language),
  constraint blog_posts__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint blog_posts__published CHECK (((state <> ALL (ARRAY['scheduled'::text, 'published'::text])) OR (published_at IS NOT NULL))),
  constraint blog_posts__revision_count CHECK ((revision >= 1)),
  constraint blog_posts__seo_shape CHECK ((jsonb_typeof(seo) = 'object'::text)),
  constraint blog_posts__slug_once UNIQUE (tenant_id, language, slug),
  constraint blog_posts__slug_shape CHECK (((length((slug)::text) <= 200) AND (slug ~ '^[^\s/?#%]+$'::citext))),
  constraint blog_posts__states CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text, 'archived'::text])))
);
comment on column content.blog_posts.translation_group is 'the same in all languages of one text';
comment on column content.blog_posts.author_id is 'identity.users.id; null once they are gone';
comment on column content.blog_posts.slug is 'in any script';
comment on column content.blog_posts.body is 'Markdown';
comment on column content.blog_posts.seo is 'title, description and picture for search engines, where they differ; noindex';
comment on column content.blog_posts.cover_file_id is 'file_mgr.files.id';
comment on column content.blog_posts.published_at is 'still to come while it is scheduled';
CREATE INDEX blog_posts__category ON content.blog_posts USING btree (tenant_id, category_id, published_at DESC);
CREATE INDEX blog_posts__due ON content.blog_posts USING btree (published_at) WHERE (state = 'scheduled'::text);
CREATE INDEX blog_posts__newest ON content.blog_posts USING btree (tenant_id, language, published_at DESC) WHERE (state = 'published'::text);
CREATE TRIGGER blog_posts__touch BEFORE UPDATE ON content.blog_posts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.blog_posts enable row level security, force row level security;
create policy own on content.blog_posts for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.blog_posts for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.blog_posts to flatrender_content;
grant delete, insert, select, update on content.blog_posts to flatrender_content_system;

-- content.categories

create table content.categories (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint categories__primary PRIMARY KEY (tenant_id, id),
  constraint categories__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint categories__not_own_parent CHECK ((parent_id <> id)),
  constraint categories__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES content.categories(tenant_id, id) ON DELETE RESTRICT,
  constraint categories__slug_once UNIQUE (tenant_id, slug),
  constraint categories__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint categories__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
CREATE INDEX categories__children ON content.categories USING btree (tenant_id, parent_id, "position");
CREATE TRIGGER categories__touch BEFORE UPDATE ON content.categories FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.categories enable row level security, force row level security;
create policy added on content.categories for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.categories for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.categories for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.categories for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.categories for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.categories to flatrender_content;
grant delete, insert, select, update on content.categories to flatrender_content_system;

-- content.character_outfits

create table content.character_outfits (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  character_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  drawings jsonb not null default '{}'::jsonb,
  colors jsonb not null default '{}'::jsonb,
  preview_file_id uuid,
  "position" integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint character_outfits__primary PRIMARY KEY (tenant_id, id),
  constraint character_outfits__character FOREIGN KEY (tenant_id, character_id, shared) REFERENCES content.characters(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint character_outfits__colors_shape CHECK (((jsonb_typeof(colors) = 'object'::text) AND (NOT jsonb_path_exists(colors, 'strict $.*?(@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))'::jsonpath)))),
  constraint character_outfits__drawings_shape CHECK ((jsonb_typeof(drawings) = 'object'::text)),
  constraint character_outfits__key_once UNIQUE (tenant_id, character_id, key),
  constraint character_outfits__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint character_outfits__localised CHECK ((jsonb_typeof(name) = 'object'::text))
);
comment on column content.character_outfits.drawings is 'part key → its drawing''s key in object storage';
comment on column content.character_outfits.colors is 'role → #rrggbb';
comment on column content.character_outfits.preview_file_id is 'file_mgr.files.id';
CREATE TRIGGER character_outfits__touch BEFORE UPDATE ON content.character_outfits FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.character_outfits enable row level security, force row level security;
create policy added on content.character_outfits for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.character_outfits for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.character_outfits for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.character_outfits for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.character_outfits for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.character_outfits to flatrender_content;
grant delete, insert, select, update on content.character_outfits to flatrender_content_system;

-- content.character_parts

create table content.character_parts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  character_id uuid not null,
  parent_id uuid,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  drawing_key text not null,
  drawing_hash bytea not null,
  "position" integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint character_parts__primary PRIMARY KEY (tenant_id, id),
  constraint character_parts__character FOREIGN KEY (tenant_id, character_id, shared) REFERENCES content.characters(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint character_parts__hash_length CHECK ((octet_length(drawing_hash) = 32)),
  constraint character_parts__key_once UNIQUE (tenant_id, character_id, key),
  constraint character_parts__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint character_parts__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint character_parts__not_own_parent CHECK ((parent_id <> id)),
  constraint character_parts__parent FOREIGN KEY (tenant_id, character_id, parent_id) REFERENCES content.character_parts(tenant_id, character_id, id) ON DELETE CASCADE,
  constraint character_parts__whole UNIQUE (tenant_id, character_id, id)
);
comment on column content.character_parts.drawing_key is 'in object storage';
comment on column content.character_parts.drawing_hash is 'SHA-256';
comment on column content.character_parts."position" is 'from the back to the front';
CREATE INDEX character_parts__children ON content.character_parts USING btree (tenant_id, character_id, parent_id);
CREATE TRIGGER character_parts__touch BEFORE UPDATE ON content.character_parts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.character_parts enable row level security, force row level security;
create policy added on content.character_parts for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.character_parts for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.character_parts for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.character_parts for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.character_parts for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.character_parts to flatrender_content;
grant delete, insert, select, update on content.character_parts to flatrender_content_system;

-- content.character_poses

create table content.character_poses (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  character_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  placements jsonb not null default '{}'::jsonb,
  preview_file_id uuid,
  "position" integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint character_poses__primary PRIMARY KEY (tenant_id, id),
  constraint character_poses__character FOREIGN KEY (tenant_id, character_id, shared) REFERENCES content.characters(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint character_poses__key_once UNIQUE (tenant_id, character_id, key),
  constraint character_poses__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint character_poses__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint character_poses__placements_shape CHECK ((jsonb_typeof(placements) = 'object'::text))
);
comment on column content.character_poses.placements is 'part key → position, rotation, scale; a part it leaves out stands as drawn';
comment on column content.character_poses.preview_file_id is 'file_mgr.files.id';
CREATE TRIGGER character_poses__touch BEFORE UPDATE ON content.character_poses FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.character_poses enable row level security, force row level security;
create policy added on content.character_poses for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.character_poses for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.character_poses for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.character_poses for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.character_poses for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.character_poses to flatrender_content;
grant delete, insert, select, update on content.character_poses to flatrender_content_system;

-- content.characters

create table content.characters (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  cover_file_id uuid,
  "position" integer not null default 0,
  state text not null default 'draft'::text,
  shared boolean not null default false,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint characters__primary PRIMARY KEY (tenant_id, id),
  constraint characters__drafts_unshared CHECK (((state <> 'draft'::text) OR (NOT shared))),
  constraint characters__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint characters__revision_count CHECK ((revision >= 1)),
  constraint characters__shared_whole UNIQUE (tenant_id, id, shared),
  constraint characters__slug_once UNIQUE (tenant_id, slug),
  constraint characters__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint characters__states CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'archived'::text])))
);
comment on column content.characters.owner_id is 'identity.users.id, who may be gone; its designer; null for one that came with the platform';
comment on column content.characters.cover_file_id is 'file_mgr.files.id';
CREATE TRIGGER characters__touch BEFORE UPDATE ON content.characters FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.characters enable row level security, force row level security;
create policy added on content.characters for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.characters for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.characters for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.characters for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.characters for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.characters to flatrender_content;
grant delete, insert, select, update on content.characters to flatrender_content_system;

-- content.faqs

create table content.faqs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  topic text not null default 'general'::text,
  question jsonb not null,
  answer jsonb not null,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint faqs__primary PRIMARY KEY (tenant_id, id),
  constraint faqs__localised CHECK (((jsonb_typeof(question) = 'object'::text) AND (jsonb_typeof(answer) = 'object'::text))),
  constraint faqs__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint faqs__topic_shape CHECK ((topic ~ '^[a-z][a-z0-9_-]{0,63}$'::text))
);
comment on column content.faqs.answer is 'Markdown';
CREATE INDEX faqs__topic ON content.faqs USING btree (tenant_id, topic, "position");
CREATE TRIGGER faqs__touch BEFORE UPDATE ON content.faqs FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.faqs enable row level security, force row level security;
create policy own on content.faqs for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.faqs for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.faqs to flatrender_content;
grant delete, insert, select, update on content.faqs to flatrender_content_system;

-- content.favourites

create table content.favourites (
  tenant_id uuid not null,
  owner_id uuid not null,
  template_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint favourites__primary PRIMARY KEY (tenant_id, owner_id, template_id)
);
comment on column content.favourites.owner_id is 'identity.users.id';
comment on column content.favourites.template_id is 'content.templates.id; may be a tenant''s above';
alter table content.favourites enable row level security, force row level security;
create policy own on content.favourites for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.favourites for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.favourites to flatrender_content;
grant delete, insert, select, update on content.favourites to flatrender_content_system;

-- content.font_pairs

create table content.font_pairs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  heading_font_id uuid not null,
  body_font_id uuid not null,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint font_pairs__primary PRIMARY KEY (tenant_id, id),
  constraint font_pairs__key_once UNIQUE (tenant_id, key),
  constraint font_pairs__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint font_pairs__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint font_pairs__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
comment on column content.font_pairs.heading_font_id is 'content.fonts.id; may be a tenant''s above';
comment on column content.font_pairs.body_font_id is 'content.fonts.id; may be a tenant''s above';
CREATE TRIGGER font_pairs__touch BEFORE UPDATE ON content.font_pairs FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.font_pairs enable row level security, force row level security;
create policy added on content.font_pairs for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.font_pairs for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.font_pairs for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.font_pairs for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.font_pairs for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.font_pairs to flatrender_content;
grant delete, insert, select, update on content.font_pairs to flatrender_content_system;

-- content.fonts

create table content.fonts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  family text not null,
  style text not null default 'Regular'::text,
  weight integer not null default 400,
  italic boolean not null default false,
  scripts text[] not null default '{}'::text[],
  file_id uuid not null,
  hash bytea not null,
  licence text not null,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint fonts__primary PRIMARY KEY (tenant_id, id),
  constraint fonts__hash_length CHECK ((octet_length(hash) = 32)),
  constraint fonts__hash_once UNIQUE (tenant_id, hash),
  constraint fonts__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint fonts__weight_range CHECK (((weight >= 1) AND (weight <= 1000)))
);
comment on column content.fonts.scripts is 'ISO 15924: Latn, Arab';
comment on column content.fonts.file_id is 'file_mgr.files.id';
comment on column content.fonts.hash is 'SHA-256 of the file';
CREATE TRIGGER fonts__touch BEFORE UPDATE ON content.fonts FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.fonts enable row level security, force row level security;
create policy added on content.fonts for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.fonts for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.fonts for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.fonts for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.fonts for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.fonts to flatrender_content;
grant delete, insert, select, update on content.fonts to flatrender_content_system;

-- content.industries

create table content.industries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint industries__primary PRIMARY KEY (tenant_id, id),
  constraint industries__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint industries__not_own_parent CHECK ((parent_id <> id)),
  constraint industries__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES content.industries(tenant_id, id) ON DELETE RESTRICT,
  constraint industries__slug_once UNIQUE (tenant_id, slug),
  constraint industries__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint industries__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
CREATE INDEX industries__children ON content.industries USING btree (tenant_id, parent_id, "position");
CREATE TRIGGER industries__touch BEFORE UPDATE ON content.industries FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.industries enable row level security, force row level security;
create policy added on content.industries for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.industries for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.industries for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.industries for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.industries for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.industries to flatrender_content;
grant delete, insert, select, update on content.industries to flatrender_content_system;

-- content.navigation

create table content.navigation (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  menu text not null,
  parent_id uuid,
  name jsonb not null,
  url text,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint navigation__primary PRIMARY KEY (tenant_id, id),
  constraint navigation__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint navigation__menu_shape CHECK ((menu ~ '^[a-z][a-z0-9_-]{0,63}$'::text)),
  constraint navigation__menu_whole UNIQUE (tenant_id, menu, id),
  constraint navigation__not_own_parent CHECK ((parent_id <> id)),
  constraint navigation__parent FOREIGN KEY (tenant_id, menu, parent_id) REFERENCES content.navigation(tenant_id, menu, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint navigation__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint navigation__url_shape CHECK ((url ~ '^(/($|[^/\\])|https?://|mailto:|tel:|#)'::text))
);
comment on column content.navigation.url is 'null for an item that only holds others';
CREATE INDEX navigation__children ON content.navigation USING btree (tenant_id, menu, parent_id, "position");
CREATE TRIGGER navigation__touch BEFORE UPDATE ON content.navigation FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.navigation enable row level security, force row level security;
create policy own on content.navigation for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.navigation for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.navigation to flatrender_content;
grant delete, insert, select, update on content.navigation to flatrender_content_system;

-- content.pages

create table content.pages (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  translation_group uuid not null default platform.uuid_v7(),
  language text not null,
  slug citext not null,
  title text not null,
  body text not null default ''::text,
  seo jsonb not null default '{}'::jsonb,
  cover_file_id uuid,
  state text not null default 'draft'::text,
  published_at timestamp with time zone,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint pages__primary PRIMARY KEY (tenant_id, id),
  constraint pages__language_once UNIQUE (tenant_id, translation_group, language),
  constraint pages__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint pages__published CHECK (((state <> ALL (ARRAY['scheduled'::text, 'published'::text])) OR (published_at IS NOT NULL))),
  constraint pages__revision_count CHECK ((revision >= 1)),
  constraint pages__seo_shape CHECK ((jsonb_typeof(seo) = 'object'::text)),
  constraint pages__slug_once UNIQUE (tenant_id, language, slug),
  constraint pages__slug_shape CHECK (((length((slug)::text) <= 200) AND (slug ~ '^[^\s/?#%]+(/[^\s/?#%]+)*$'::citext))),
  constraint pages__states CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text, 'archived'::text])))
);
comment on column content.pages.translation_group is 'the same in all languages of one text';
comment on column content.pages.slug is 'in any script; may have several parts: legal/terms';
comment on column content.pages.body is 'Markdown';
comment on column content.pages.seo is 'title, description and picture for search engines, where they differ; noindex';
comment on column content.pages.cover_file_id is 'file_mgr.files.id';
comment on column content.pages.published_at is 'still to come while it is scheduled';
CREATE INDEX pages__due ON content.pages USING btree (published_at) WHERE (state = 'scheduled'::text);
CREATE TRIGGER pages__touch BEFORE UPDATE ON content.pages FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.pages enable row level security, force row level security;
create policy own on content.pages for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.pages for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.pages to flatrender_content;
grant delete, insert, select, update on content.pages to flatrender_content_system;

-- content.palettes

create table content.palettes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  colors jsonb not null,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint palettes__primary PRIMARY KEY (tenant_id, id),
  constraint palettes__colors_shape CHECK (((jsonb_typeof(colors) = 'object'::text) AND (colors <> '{}'::jsonb) AND (NOT jsonb_path_exists(colors, 'strict $.*?(@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))'::jsonpath)))),
  constraint palettes__key_once UNIQUE (tenant_id, key),
  constraint palettes__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint palettes__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint palettes__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
comment on column content.palettes.colors is 'role → #rrggbb';
CREATE TRIGGER palettes__touch BEFORE UPDATE ON content.palettes FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.palettes enable row level security, force row level security;
create policy added on content.palettes for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.palettes for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.palettes for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.palettes for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.palettes for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.palettes to flatrender_content;
grant delete, insert, select, update on content.palettes to flatrender_content_system;

-- content.ratings

create table content.ratings (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid not null,
  template_id uuid not null,
  stars integer not null,
  comment text not null default ''::text,
  state text not null default 'pending'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint ratings__primary PRIMARY KEY (tenant_id, id),
  constraint ratings__comment_length CHECK ((length(comment) <= 2000)),
  constraint ratings__owner_once UNIQUE (tenant_id, template_id, owner_id),
  constraint ratings__stars_range CHECK (((stars >= 1) AND (stars <= 5))),
  constraint ratings__states CHECK ((state = ANY (ARRAY['pending'::text, 'shown'::text, 'hidden'::text])))
);
comment on column content.ratings.owner_id is 'identity.users.id, who may be gone: the stars stay';
comment on column content.ratings.template_id is 'content.templates.id; may be a tenant''s above';
CREATE INDEX ratings__pending ON content.ratings USING btree (tenant_id, created_at) WHERE (state = 'pending'::text);
CREATE INDEX ratings__sum ON content.ratings USING btree (template_id) INCLUDE (stars) WHERE (state = 'shown'::text);
CREATE TRIGGER ratings__touch BEFORE UPDATE ON content.ratings FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.ratings enable row level security, force row level security;
create policy own on content.ratings for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.ratings for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.ratings to flatrender_content;
grant delete, insert, select, update on content.ratings to flatrender_content_system;

-- content.redirects

create table content.redirects (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  from_path text not null,
  to_url text not null,
  status integer not null default 301,
  hits bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint redirects__primary PRIMARY KEY (tenant_id, id),
  constraint redirects__from_once UNIQUE (tenant_id, from_path),
  constraint redirects__from_shape CHECK ((from_path ~ '^/($|[^/\\?#][^?#]*$)'::text)),
  constraint redirects__hits_count CHECK ((hits >= 0)),
  constraint redirects__not_itself CHECK ((to_url <> from_path)),
  constraint redirects__statuses CHECK ((status = ANY (ARRAY[301, 302, 307, 308]))),
  constraint redirects__to_shape CHECK ((to_url ~ '^(/($|[^/\\])|https?://)'::text))
);
comment on column content.redirects.from_path is E'without query; /\\ and // are refused here and in to_url, for browsers take them for another host';
CREATE TRIGGER redirects__touch BEFORE UPDATE ON content.redirects FOR EACH ROW WHEN ((NOT (old.hits IS DISTINCT FROM new.hits))) EXECUTE FUNCTION platform.touch_updated_at();
alter table content.redirects enable row level security, force row level security;
create policy own on content.redirects for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.redirects for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.redirects to flatrender_content;
grant delete, insert, select, update on content.redirects to flatrender_content_system;

-- content.scene_transitions

create table content.scene_transitions (
  tenant_id uuid not null,
  scene_id uuid not null,
  transition_id uuid not null,
  shared boolean not null default false,
  constraint scene_transitions__primary PRIMARY KEY (tenant_id, scene_id, transition_id),
  constraint scene_transitions__scene FOREIGN KEY (tenant_id, scene_id, shared) REFERENCES content.scenes(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.scene_transitions.transition_id is 'content.transitions.id; may be a tenant''s above';
alter table content.scene_transitions enable row level security, force row level security;
create policy added on content.scene_transitions for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.scene_transitions for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.scene_transitions for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.scene_transitions for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.scene_transitions for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.scene_transitions to flatrender_content;
grant delete, insert, select, update on content.scene_transitions to flatrender_content_system;

-- content.scenes

create table content.scenes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null,
  formats text[] not null,
  default_frames integer not null,
  min_frames integer,
  max_frames integer,
  follows text not null default 'nothing'::text,
  snapshot_frame double precision not null,
  constraint scenes__primary PRIMARY KEY (tenant_id, id),
  constraint scenes__followed CHECK ((follows = ANY (ARRAY['nothing'::text, 'text'::text, 'media'::text, 'voiceover'::text]))),
  constraint scenes__formats_some CHECK ((cardinality(formats) > 0)),
  constraint scenes__frames_range CHECK (((default_frames > 0) AND (min_frames > 0) AND (max_frames > 0) AND (min_frames <= default_frames) AND (default_frames <= max_frames))),
  constraint scenes__key_once UNIQUE (tenant_id, version_id, key),
  constraint scenes__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint scenes__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint scenes__position_range CHECK (("position" >= 0)),
  constraint scenes__shared_whole UNIQUE (tenant_id, id, shared),
  constraint scenes__snapshot_range CHECK ((snapshot_frame >= (0)::double precision)),
  constraint scenes__version FOREIGN KEY (tenant_id, version_id, shared) REFERENCES content.template_versions(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.scenes.default_frames is 'this, min_frames and max_frames count at the version''s frame rate';
comment on column content.scenes.follows is 'what decides how long it lasts when the person doesn''t';
comment on column content.scenes.snapshot_frame is 'of its own animation; the manifest may name a part of a frame';
alter table content.scenes enable row level security, force row level security;
create policy added on content.scenes for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.scenes for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.scenes for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.scenes for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.scenes for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.scenes to flatrender_content;
grant delete, insert, select, update on content.scenes to flatrender_content_system;

-- content.slots

create table content.slots (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  scene_id uuid not null,
  shared boolean not null default false,
  key text not null,
  type text not null,
  name jsonb not null default '{}'::jsonb,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null,
  required boolean not null default false,
  constraints jsonb not null default '{}'::jsonb,
  constraint slots__primary PRIMARY KEY (tenant_id, id),
  constraint slots__constraints_shape CHECK ((jsonb_typeof(constraints) = 'object'::text)),
  constraint slots__key_once UNIQUE (tenant_id, scene_id, key),
  constraint slots__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint slots__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint slots__position_range CHECK (("position" >= 0)),
  constraint slots__scene FOREIGN KEY (tenant_id, scene_id, shared) REFERENCES content.scenes(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint slots__types CHECK ((type = ANY (ARRAY['text'::text, 'image'::text, 'media'::text, 'color'::text, 'number'::text, 'boolean'::text, 'choice'::text])))
);
comment on column content.slots.constraints is 'the rest of the slot in the manifest: maxCharacters, fit, options and so on';
alter table content.slots enable row level security, force row level security;
create policy added on content.slots for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.slots for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.slots for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.slots for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.slots for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.slots to flatrender_content;
grant delete, insert, select, update on content.slots to flatrender_content_system;

-- content.story_presets

create table content.story_presets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid,
  template_id uuid,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  story jsonb not null,
  preview_file_id uuid,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint story_presets__primary PRIMARY KEY (tenant_id, id),
  constraint story_presets__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint story_presets__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint story_presets__of_one CHECK ((num_nonnulls(version_id, template_id) = 1)),
  constraint story_presets__revision_count CHECK ((revision >= 1)),
  constraint story_presets__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint story_presets__story_shape CHECK ((jsonb_path_exists(story, 'strict $."scenes"[0]'::jsonpath, '{}'::jsonb, true) IS TRUE)),
  constraint story_presets__version FOREIGN KEY (tenant_id, version_id, shared) REFERENCES content.template_versions(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.story_presets.template_id is 'content.templates.id; may be a tenant''s above';
comment on column content.story_presets.story is 'modifications: scenes in order with their values, palette, audio';
comment on column content.story_presets.preview_file_id is 'file_mgr.files.id';
CREATE UNIQUE INDEX story_presets__template_key_once ON content.story_presets USING btree (tenant_id, template_id, key) WHERE (template_id IS NOT NULL);
CREATE UNIQUE INDEX story_presets__version_key_once ON content.story_presets USING btree (tenant_id, version_id, key) WHERE (version_id IS NOT NULL);
CREATE TRIGGER story_presets__touch BEFORE UPDATE ON content.story_presets FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.story_presets enable row level security, force row level security;
create policy added on content.story_presets for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.story_presets for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.story_presets for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.story_presets for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.story_presets for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.story_presets to flatrender_content;
grant delete, insert, select, update on content.story_presets to flatrender_content_system;

-- content.styles

create table content.styles (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint styles__primary PRIMARY KEY (tenant_id, id),
  constraint styles__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint styles__not_own_parent CHECK ((parent_id <> id)),
  constraint styles__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES content.styles(tenant_id, id) ON DELETE RESTRICT,
  constraint styles__slug_once UNIQUE (tenant_id, slug),
  constraint styles__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint styles__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
CREATE INDEX styles__children ON content.styles USING btree (tenant_id, parent_id, "position");
CREATE TRIGGER styles__touch BEFORE UPDATE ON content.styles FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.styles enable row level security, force row level security;
create policy added on content.styles for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.styles for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.styles for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.styles for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.styles for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.styles to flatrender_content;
grant delete, insert, select, update on content.styles to flatrender_content_system;

-- content.tags

create table content.tags (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tags__primary PRIMARY KEY (tenant_id, id),
  constraint tags__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint tags__not_own_parent CHECK ((parent_id <> id)),
  constraint tags__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES content.tags(tenant_id, id) ON DELETE RESTRICT,
  constraint tags__slug_once UNIQUE (tenant_id, slug),
  constraint tags__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint tags__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text])))
);
CREATE INDEX tags__children ON content.tags USING btree (tenant_id, parent_id, "position");
CREATE TRIGGER tags__touch BEFORE UPDATE ON content.tags FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.tags enable row level security, force row level security;
create policy added on content.tags for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.tags for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.tags for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.tags for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.tags for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.tags to flatrender_content;
grant delete, insert, select, update on content.tags to flatrender_content_system;

-- content.template_categories

create table content.template_categories (
  tenant_id uuid not null,
  template_id uuid not null,
  category_id uuid not null,
  shared boolean not null default false,
  constraint template_categories__primary PRIMARY KEY (tenant_id, template_id, category_id),
  constraint template_categories__template FOREIGN KEY (tenant_id, template_id, shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.template_categories.category_id is 'content.categories.id; may be a tenant''s above';
CREATE INDEX template_categories__category ON content.template_categories USING btree (tenant_id, category_id);
alter table content.template_categories enable row level security, force row level security;
create policy added on content.template_categories for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_categories for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_categories for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_categories for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_categories for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_categories to flatrender_content;
grant delete, insert, select, update on content.template_categories to flatrender_content_system;

-- content.template_industries

create table content.template_industries (
  tenant_id uuid not null,
  template_id uuid not null,
  industry_id uuid not null,
  shared boolean not null default false,
  constraint template_industries__primary PRIMARY KEY (tenant_id, template_id, industry_id),
  constraint template_industries__template FOREIGN KEY (tenant_id, template_id, shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.template_industries.industry_id is 'content.industries.id; may be a tenant''s above';
CREATE INDEX template_industries__industry ON content.template_industries USING btree (tenant_id, industry_id);
alter table content.template_industries enable row level security, force row level security;
create policy added on content.template_industries for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_industries for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_industries for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_industries for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_industries for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_industries to flatrender_content;
grant delete, insert, select, update on content.template_industries to flatrender_content_system;

-- content.template_styles

create table content.template_styles (
  tenant_id uuid not null,
  template_id uuid not null,
  style_id uuid not null,
  shared boolean not null default false,
  constraint template_styles__primary PRIMARY KEY (tenant_id, template_id, style_id),
  constraint template_styles__template FOREIGN KEY (tenant_id, template_id, shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.template_styles.style_id is 'content.styles.id; may be a tenant''s above';
CREATE INDEX template_styles__style ON content.template_styles USING btree (tenant_id, style_id);
alter table content.template_styles enable row level security, force row level security;
create policy added on content.template_styles for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_styles for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_styles for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_styles for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_styles for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_styles to flatrender_content;
grant delete, insert, select, update on content.template_styles to flatrender_content_system;

-- content.template_svg_previews

create table content.template_svg_previews (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  template_id uuid not null,
  shared boolean not null default false,
  format text not null,
  source_file_id uuid,
  cache_key bytea not null,
  svg text,
  svg_key text,
  roles jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint template_svg_previews__primary PRIMARY KEY (tenant_id, id),
  constraint template_svg_previews__cache_key_length CHECK ((octet_length(cache_key) = 32)),
  constraint template_svg_previews__cache_key_once UNIQUE (tenant_id, template_id, format, cache_key),
  constraint template_svg_previews__format_shape CHECK ((format ~ '^[1-9]\d{0,2}:[1-9]\d{0,2}$'::text)),
  constraint template_svg_previews__kept_once CHECK ((num_nonnulls(svg, svg_key) = 1)),
  constraint template_svg_previews__roles_shape CHECK ((jsonb_typeof(roles) = 'object'::text)),
  constraint template_svg_previews__template FOREIGN KEY (tenant_id, template_id, shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.template_svg_previews.source_file_id is 'file_mgr.files.id; the picture that was dropped; it may be gone';
comment on column content.template_svg_previews.cache_key is 'SHA-256 of the picture and of all that decides how it is traced';
comment on column content.template_svg_previews.svg_key is 'a big SVG in object storage';
comment on column content.template_svg_previews.roles is 'palette role → the colour that stands for it in the SVG';
CREATE TRIGGER template_svg_previews__touch BEFORE UPDATE ON content.template_svg_previews FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.template_svg_previews enable row level security, force row level security;
create policy added on content.template_svg_previews for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_svg_previews for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_svg_previews for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_svg_previews for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_svg_previews for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_svg_previews to flatrender_content;
grant delete, insert, select, update on content.template_svg_previews to flatrender_content_system;

-- content.template_tags

create table content.template_tags (
  tenant_id uuid not null,
  template_id uuid not null,
  tag_id uuid not null,
  shared boolean not null default false,
  constraint template_tags__primary PRIMARY KEY (tenant_id, template_id, tag_id),
  constraint template_tags__template FOREIGN KEY (tenant_id, template_id, shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.template_tags.tag_id is 'content.tags.id; may be a tenant''s above';
CREATE INDEX template_tags__tag ON content.template_tags USING btree (tenant_id, tag_id);
alter table content.template_tags enable row level security, force row level security;
create policy added on content.template_tags for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_tags for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_tags for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_tags for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_tags for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_tags to flatrender_content;
grant delete, insert, select, update on content.template_tags to flatrender_content_system;

-- content.template_versions

create table content.template_versions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  template_id uuid not null,
  template_shared boolean not null default false,
  shared boolean not null default (template_shared AND (state = ANY (ARRAY['published'::text, 'retired'::text]))),
  version text not null,
  state text not null default 'draft'::text,
  package_hash bytea not null,
  package_key text not null,
  package_bytes bigint not null,
  package_sha256 bytea not null,
  manifest json not null,
  fps text not null,
  engine_minimum text not null,
  findings jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  checked_at timestamp with time zone,
  published_at timestamp with time zone,
  retired_at timestamp with time zone,
  constraint template_versions__primary PRIMARY KEY (tenant_id, id),
  constraint template_versions__engine_shape CHECK ((engine_minimum ~ '^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$'::text)),
  constraint template_versions__findings_shape CHECK ((jsonb_typeof(findings) = 'array'::text)),
  constraint template_versions__fps_shape CHECK ((fps ~ '^([1-9]\d{0,5}/[1-9]\d{0,5}|\d{1,3}(\.\d+)?)$'::text)),
  constraint template_versions__hash_length CHECK ((octet_length(package_hash) = 32)),
  constraint template_versions__manifest_shape CHECK ((json_typeof(manifest) = 'object'::text)),
  constraint template_versions__package_once UNIQUE (tenant_id, template_id, package_hash),
  constraint template_versions__package_size CHECK ((package_bytes > 0)),
  constraint template_versions__published CHECK (((state = ANY (ARRAY['published'::text, 'retired'::text])) = (published_at IS NOT NULL))),
  constraint template_versions__retired CHECK (((state = 'retired'::text) = (retired_at IS NOT NULL))),
  constraint template_versions__sha256_length CHECK ((octet_length(package_sha256) = 32)),
  constraint template_versions__shared_whole UNIQUE (tenant_id, id, shared),
  constraint template_versions__states CHECK ((state = ANY (ARRAY['draft'::text, 'checking'::text, 'published'::text, 'rejected'::text, 'retired'::text]))),
  constraint template_versions__template FOREIGN KEY (tenant_id, template_id, template_shared) REFERENCES content.templates(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint template_versions__template_whole UNIQUE (tenant_id, template_id, id),
  constraint template_versions__version_once UNIQUE (tenant_id, template_id, version),
  constraint template_versions__version_shape CHECK ((version ~ '^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$'::text))
);
comment on column content.template_versions.template_shared is 'the template''s; its drafts are its tenant''s alone nevertheless';
comment on column content.template_versions.version is 'the manifest''s; with a part of the hash behind it where another package had that already';
comment on column content.template_versions.package_hash is 'content hash: SHA-256 over the package''s paths and contents';
comment on column content.template_versions.package_key is 'the package in object storage';
comment on column content.template_versions.package_sha256 is 'of the stored file: the same content can be packed otherwise';
comment on column content.template_versions.manifest is 'flatrender.json, word for word: json, for jsonb forgets the order of formats and slots; rows of scenes, slots and the like repeat it for queries';
comment on column content.template_versions.fps is 'frames a second as the manifest has them: 30 or 30000/1001';
comment on column content.template_versions.findings is 'what the check found';
CREATE INDEX template_versions__unchecked ON content.template_versions USING btree (updated_at) WHERE (state = 'checking'::text);
CREATE TRIGGER template_versions__immutable BEFORE UPDATE ON content.template_versions FOR EACH ROW WHEN (((old.published_at IS NOT NULL) AND ((((((((((((old.tenant_id IS DISTINCT FROM new.tenant_id) OR (old.id IS DISTINCT FROM new.id)) OR (old.template_id IS DISTINCT FROM new.template_id)) OR (old.version IS DISTINCT FROM new.version)) OR (old.package_hash IS DISTINCT FROM new.package_hash)) OR (old.package_key IS DISTINCT FROM new.package_key)) OR (old.package_bytes IS DISTINCT FROM new.package_bytes)) OR (old.package_sha256 IS DISTINCT FROM new.package_sha256)) OR ((old.manifest)::text IS DISTINCT FROM (new.manifest)::text)) OR (old.fps IS DISTINCT FROM new.fps)) OR (old.engine_minimum IS DISTINCT FROM new.engine_minimum)) OR (old.published_at IS DISTINCT FROM new.published_at)))) EXECUTE FUNCTION content.refuse_published_change();
CREATE TRIGGER template_versions__touch BEFORE UPDATE ON content.template_versions FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.template_versions enable row level security, force row level security;
create policy added on content.template_versions for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.template_versions for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.template_versions for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.template_versions for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.template_versions for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.template_versions to flatrender_content;
grant delete, insert, select, update on content.template_versions to flatrender_content_system;

-- content.templates

create table content.templates (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}'::jsonb,
  state text not null default 'draft'::text,
  shared boolean not null default false,
  current_version_id uuid,
  formats text[] not null default '{}'::text[],
  languages text[] not null default '{}'::text[],
  duration_seconds numeric(9,3),
  cover_file_id uuid,
  preview_file_id uuid,
  featured boolean not null default false,
  rating_count integer not null default 0,
  rating_sum bigint not null default 0,
  used_count bigint not null default 0,
  revision integer not null default 1,
  published_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint templates__primary PRIMARY KEY (tenant_id, id),
  constraint templates__counts CHECK (((rating_count >= 0) AND ((rating_sum >= rating_count) AND (rating_sum <= (5 * (rating_count)::bigint))) AND (used_count >= 0))),
  constraint templates__current_version FOREIGN KEY (tenant_id, id, current_version_id) REFERENCES content.template_versions(tenant_id, template_id, id) ON DELETE RESTRICT DEFERRABLE,
  constraint templates__drafts_unshared CHECK (((state <> 'draft'::text) OR (NOT shared))),
  constraint templates__duration_range CHECK ((duration_seconds > (0)::numeric)),
  constraint templates__localised CHECK (((jsonb_typeof(name) = 'object'::text) AND (jsonb_typeof(description) = 'object'::text))),
  constraint templates__published CHECK (((state <> 'published'::text) OR ((current_version_id IS NOT NULL) AND (published_at IS NOT NULL)))),
  constraint templates__revision_count CHECK ((revision >= 1)),
  constraint templates__shared_whole UNIQUE (tenant_id, id, shared),
  constraint templates__slug_once UNIQUE (tenant_id, slug),
  constraint templates__slug_shape CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::citext)),
  constraint templates__states CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'archived'::text])))
);
comment on column content.templates.owner_id is 'identity.users.id, who may be gone; its designer; null for one that came with the platform';
comment on column content.templates.formats is 'this, languages and duration_seconds are the current version''s';
comment on column content.templates.duration_seconds is 'of its first preset';
comment on column content.templates.cover_file_id is 'file_mgr.files.id; a picture';
comment on column content.templates.preview_file_id is 'file_mgr.files.id; a video';
comment on column content.templates.rating_sum is 'with rating_count: of the shown rows of content.ratings, in all tenants; so the system role keeps them';
CREATE INDEX templates__newest ON content.templates USING btree (tenant_id, published_at DESC) WHERE (state = 'published'::text);
CREATE INDEX templates__owner ON content.templates USING btree (tenant_id, owner_id, created_at DESC);
CREATE TRIGGER templates__touch BEFORE UPDATE ON content.templates FOR EACH ROW WHEN ((NOT (((old.rating_count IS DISTINCT FROM new.rating_count) OR (old.rating_sum IS DISTINCT FROM new.rating_sum)) OR (old.used_count IS DISTINCT FROM new.used_count)))) EXECUTE FUNCTION platform.touch_updated_at();
alter table content.templates enable row level security, force row level security;
create policy added on content.templates for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.templates for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.templates for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.templates for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.templates for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.templates to flatrender_content;
grant delete, insert, select, update on content.templates to flatrender_content_system;

-- content.transitions

create table content.transitions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid,
  shared boolean not null default false,
  key text not null,
  name jsonb not null default '{}'::jsonb,
  type text not null,
  direction text not null default 'left'::text,
  default_overlap_frames integer not null default 0,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint transitions__primary PRIMARY KEY (tenant_id, id),
  constraint transitions__cuts_have_none CHECK (((type <> 'cut'::text) OR (default_overlap_frames = 0))),
  constraint transitions__directions CHECK ((direction = ANY (ARRAY['left'::text, 'right'::text, 'up'::text, 'down'::text]))),
  constraint transitions__key_once UNIQUE NULLS NOT DISTINCT (tenant_id, version_id, key),
  constraint transitions__key_shape CHECK ((key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint transitions__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint transitions__overlap_range CHECK (((default_overlap_frames >= 0) AND (default_overlap_frames <= 600))),
  constraint transitions__states CHECK ((state = ANY (ARRAY['active'::text, 'hidden'::text]))),
  constraint transitions__types CHECK ((type = ANY (ARRAY['cut'::text, 'crossfade'::text, 'slide'::text, 'push'::text, 'wipe'::text, 'zoom'::text]))),
  constraint transitions__version FOREIGN KEY (tenant_id, version_id, shared) REFERENCES content.template_versions(tenant_id, id, shared) ON UPDATE CASCADE ON DELETE CASCADE
);
comment on column content.transitions.default_overlap_frames is 'at the version''s frame rate; at 30 frames a second where it has no version';
CREATE TRIGGER transitions__touch BEFORE UPDATE ON content.transitions FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.transitions enable row level security, force row level security;
create policy added on content.transitions for insert to flatrender_content with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on content.transitions for update to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on content.transitions for delete to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on content.transitions for select to flatrender_content using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on content.transitions for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.transitions to flatrender_content;
grant delete, insert, select, update on content.transitions to flatrender_content_system;

-- content.translations

create table content.translations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  language text not null,
  key text not null,
  text text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint translations__primary PRIMARY KEY (tenant_id, id),
  constraint translations__key_once UNIQUE (tenant_id, language, key),
  constraint translations__key_shape CHECK ((key ~ '^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$'::text)),
  constraint translations__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text))
);
CREATE TRIGGER translations__touch BEFORE UPDATE ON content.translations FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table content.translations enable row level security, force row level security;
create policy own on content.translations for all to flatrender_content using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on content.translations for all to flatrender_content_system using (true) with check (true);
grant delete, insert, select, update on content.translations to flatrender_content;
grant delete, insert, select, update on content.translations to flatrender_content_system;

-- studio.audio_tracks

create table studio.audio_tracks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  title jsonb not null,
  artist text,
  mood text,
  bpm numeric(5,2),
  duration_ms integer not null,
  loudness_lufs numeric(5,2),
  file_id uuid not null,
  licence text not null,
  licence_url text,
  state text not null default 'draft'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint audio_tracks__primary PRIMARY KEY (tenant_id, id),
  constraint audio_tracks__bpm_range CHECK ((bpm > (0)::numeric)),
  constraint audio_tracks__duration CHECK ((duration_ms > 0)),
  constraint audio_tracks__kinds CHECK ((kind = ANY (ARRAY['music'::text, 'sfx'::text]))),
  constraint audio_tracks__localised CHECK ((jsonb_typeof(title) = 'object'::text)),
  constraint audio_tracks__loudness_range CHECK (((loudness_lufs >= ('-99'::integer)::numeric) AND (loudness_lufs <= (0)::numeric))),
  constraint audio_tracks__states CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
);
comment on column studio.audio_tracks.loudness_lufs is 'integrated, EBU R 128';
comment on column studio.audio_tracks.file_id is 'file_mgr.files.id';
comment on column studio.audio_tracks.licence is 'SPDX id, or the licence''s name';
CREATE INDEX audio_tracks__published ON studio.audio_tracks USING btree (tenant_id, kind, mood, created_at DESC) WHERE (state = 'published'::text);
CREATE TRIGGER audio_tracks__touch BEFORE UPDATE ON studio.audio_tracks FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.audio_tracks enable row level security, force row level security;
create policy added on studio.audio_tracks for insert to flatrender_studio with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on studio.audio_tracks for update to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on studio.audio_tracks for delete to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on studio.audio_tracks for select to flatrender_studio using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on studio.audio_tracks for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.audio_tracks to flatrender_studio;
grant delete, insert, select, update on studio.audio_tracks to flatrender_studio_system;

-- studio.comments

create table studio.comments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  parent_id uuid,
  scene_id uuid,
  author_id uuid,
  author_name text,
  share_link_id uuid,
  time_ms integer,
  text text not null,
  resolved_at timestamp with time zone,
  resolved_by_id uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint comments__primary PRIMARY KEY (tenant_id, id),
  constraint comments__author CHECK ((num_nonnulls(author_id, author_name) = 1)),
  constraint comments__not_its_own CHECK ((parent_id <> id)),
  constraint comments__once_in_project UNIQUE (tenant_id, project_id, id),
  constraint comments__parent FOREIGN KEY (tenant_id, project_id, parent_id) REFERENCES studio.comments(tenant_id, project_id, id) ON DELETE CASCADE,
  constraint comments__project FOREIGN KEY (tenant_id, project_id) REFERENCES studio.saved_projects(tenant_id, id) ON DELETE CASCADE,
  constraint comments__resolved CHECK (((resolved_at IS NOT NULL) OR (resolved_by_id IS NULL))),
  constraint comments__scene FOREIGN KEY (tenant_id, scene_id) REFERENCES studio.saved_scenes(tenant_id, id) ON DELETE SET NULL (scene_id),
  constraint comments__share_link FOREIGN KEY (tenant_id, share_link_id) REFERENCES studio.share_links(tenant_id, id) ON DELETE SET NULL (share_link_id),
  constraint comments__text_length CHECK (((length(text) >= 1) AND (length(text) <= 10000))),
  constraint comments__time CHECK ((time_ms >= 0))
);
comment on column studio.comments.author_id is 'identity.users.id';
comment on column studio.comments.author_name is 'as a guest gave it, who came by a link';
comment on column studio.comments.time_ms is 'on the timeline as it was then: the scene tells where that has moved; null: about the whole';
comment on column studio.comments.resolved_by_id is 'identity.users.id';
CREATE INDEX comments__parent ON studio.comments USING btree (tenant_id, project_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX comments__scene ON studio.comments USING btree (tenant_id, scene_id) WHERE (scene_id IS NOT NULL);
CREATE INDEX comments__share_link ON studio.comments USING btree (tenant_id, share_link_id) WHERE (share_link_id IS NOT NULL);
CREATE TRIGGER comments__touch BEFORE UPDATE ON studio.comments FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.comments enable row level security, force row level security;
create policy own on studio.comments for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.comments for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.comments to flatrender_studio;
grant delete, insert, select, update on studio.comments to flatrender_studio_system;

-- studio.project_members

create table studio.project_members (
  tenant_id uuid not null,
  project_id uuid not null,
  user_id uuid not null,
  role text not null default 'view'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint project_members__primary PRIMARY KEY (tenant_id, project_id, user_id),
  constraint project_members__project FOREIGN KEY (tenant_id, project_id) REFERENCES studio.saved_projects(tenant_id, id) ON DELETE CASCADE,
  constraint project_members__roles CHECK ((role = ANY (ARRAY['view'::text, 'comment'::text, 'edit'::text])))
);
comment on column studio.project_members.user_id is 'identity.users.id';
CREATE INDEX project_members__user ON studio.project_members USING btree (tenant_id, user_id);
CREATE TRIGGER project_members__touch BEFORE UPDATE ON studio.project_members FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.project_members enable row level security, force row level security;
create policy own on studio.project_members for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.project_members for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.project_members to flatrender_studio;
grant delete, insert, select, update on studio.project_members to flatrender_studio_system;

-- studio.project_revisions

create table studio.project_revisions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  number integer not null,
  snapshot jsonb not null,
  author_id uuid,
  label text,
  created_at timestamp with time zone not null default now(),
  constraint project_revisions__primary PRIMARY KEY (tenant_id, id),
  constraint project_revisions__number_count CHECK ((number >= 1)),
  constraint project_revisions__number_once UNIQUE (tenant_id, project_id, number),
  constraint project_revisions__project FOREIGN KEY (tenant_id, project_id) REFERENCES studio.saved_projects(tenant_id, id) ON DELETE CASCADE,
  constraint project_revisions__snapshot_object CHECK ((jsonb_typeof(snapshot) = 'object'::text))
);
comment on column studio.project_revisions.number is 'saved_projects.revision at that time';
comment on column studio.project_revisions.author_id is 'identity.users.id; null for one saved by a program';
alter table studio.project_revisions enable row level security, force row level security;
create policy own on studio.project_revisions for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.project_revisions for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.project_revisions to flatrender_studio;
grant delete, insert, select, update on studio.project_revisions to flatrender_studio_system;

-- studio.saved_projects

create table studio.saved_projects (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  template_id uuid not null,
  template_version_id uuid not null,
  name text not null,
  format text not null,
  language text not null,
  palette jsonb not null default '{}'::jsonb,
  music_source text not null default 'template'::text,
  music_track_id uuid,
  music_file_id uuid,
  music_volume numeric(4,3) not null default 1,
  music_trim_start_ms integer not null default 0,
  music_trim_end_ms integer,
  music_fade_in_ms integer not null default 0,
  music_fade_out_ms integer not null default 0,
  music_loop boolean not null default true,
  music_ducking boolean not null default true,
  sfx_enabled boolean not null default true,
  sfx_volume numeric(4,3) not null default 1,
  clips_enabled boolean not null default true,
  clips_volume numeric(4,3) not null default 1,
  voiceover_id uuid,
  voiceover_file_id uuid,
  voiceover_volume numeric(4,3) not null default 1,
  voiceover_start_ms integer not null default 0,
  voiceover_trim_start_ms integer not null default 0,
  voiceover_trim_end_ms integer,
  voiceover_fade_in_ms integer not null default 0,
  voiceover_fade_out_ms integer not null default 0,
  state text not null default 'draft'::text,
  revision integer not null default 1,
  thumbnail_file_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint saved_projects__primary PRIMARY KEY (tenant_id, id),
  constraint saved_projects__format_shape CHECK ((format ~ '^[1-9]\d{0,2}:[1-9]\d{0,2}$'::text)),
  constraint saved_projects__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint saved_projects__music_choice CHECK ((((music_source = 'library'::text) = (music_track_id IS NOT NULL)) AND ((music_source = 'file'::text) = (music_file_id IS NOT NULL)))),
  constraint saved_projects__music_sources CHECK ((music_source = ANY (ARRAY['template'::text, 'library'::text, 'file'::text, 'none'::text]))),
  constraint saved_projects__name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint saved_projects__palette_object CHECK ((jsonb_typeof(palette) = 'object'::text)),
  constraint saved_projects__revision_count CHECK ((revision >= 1)),
  constraint saved_projects__spans CHECK (((music_trim_start_ms >= 0) AND (music_trim_end_ms > music_trim_start_ms) AND (voiceover_trim_start_ms >= 0) AND (voiceover_trim_end_ms > voiceover_trim_start_ms))),
  constraint saved_projects__states CHECK ((state = ANY (ARRAY['draft'::text, 'in_review'::text, 'approved'::text, 'archived'::text]))),
  constraint saved_projects__times CHECK (((music_fade_in_ms >= 0) AND (music_fade_out_ms >= 0) AND (voiceover_start_ms >= 0) AND (voiceover_fade_in_ms >= 0) AND (voiceover_fade_out_ms >= 0))),
  constraint saved_projects__voiceover FOREIGN KEY (tenant_id, voiceover_id) REFERENCES studio.voiceovers(tenant_id, id) ON DELETE SET NULL (voiceover_id),
  constraint saved_projects__voiceover_choice CHECK ((num_nonnulls(voiceover_id, voiceover_file_id) <= 1)),
  constraint saved_projects__volumes CHECK ((((music_volume >= (0)::numeric) AND (music_volume <= (4)::numeric)) AND ((sfx_volume >= (0)::numeric) AND (sfx_volume <= (4)::numeric)) AND ((clips_volume >= (0)::numeric) AND (clips_volume <= (4)::numeric)) AND ((voiceover_volume >= (0)::numeric) AND (voiceover_volume <= (4)::numeric))))
);
comment on column studio.saved_projects.owner_id is 'identity.users.id; null for one made by a program';
comment on column studio.saved_projects.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column studio.saved_projects.template_version_id is 'content.template_versions.id; a newer version is taken up only when its owner says so';
comment on column studio.saved_projects.palette is 'role → colour, on top of the palette under "name"';
comment on column studio.saved_projects.music_track_id is 'studio.audio_tracks.id; no key: it may be shared by a tenant above';
comment on column studio.saved_projects.music_file_id is 'file_mgr.files.id';
comment on column studio.saved_projects.music_ducking is 'music steps back under the voice';
comment on column studio.saved_projects.clips_volume is 'of the own sound of videos in slots';
comment on column studio.saved_projects.voiceover_file_id is 'file_mgr.files.id; a recording';
comment on column studio.saved_projects.revision is 'counts saves: who saves on top of an older one is refused';
comment on column studio.saved_projects.thumbnail_file_id is 'file_mgr.files.id';
comment on column studio.saved_projects.deleted_at is 'in the bin since';
CREATE INDEX saved_projects__bin ON studio.saved_projects USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX saved_projects__newest ON studio.saved_projects USING btree (tenant_id, owner_id, updated_at DESC) WHERE (deleted_at IS NULL);
CREATE INDEX saved_projects__template ON studio.saved_projects USING btree (tenant_id, template_id);
CREATE INDEX saved_projects__voiceover ON studio.saved_projects USING btree (tenant_id, voiceover_id) WHERE (voiceover_id IS NOT NULL);
CREATE TRIGGER saved_projects__touch BEFORE UPDATE ON studio.saved_projects FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.saved_projects enable row level security, force row level security;
create policy own on studio.saved_projects for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.saved_projects for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.saved_projects to flatrender_studio;
grant delete, insert, select, update on studio.saved_projects to flatrender_studio_system;

-- studio.saved_scene_values

create table studio.saved_scene_values (
  tenant_id uuid not null,
  scene_id uuid not null,
  slot_key text not null,
  value jsonb not null,
  media_file_id uuid,
  updated_at timestamp with time zone not null default now(),
  constraint saved_scene_values__primary PRIMARY KEY (tenant_id, scene_id, slot_key),
  constraint saved_scene_values__key_shape CHECK ((slot_key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint saved_scene_values__scene FOREIGN KEY (tenant_id, scene_id) REFERENCES studio.saved_scenes(tenant_id, id) ON DELETE CASCADE,
  constraint saved_scene_values__value_kind CHECK ((jsonb_typeof(value) = ANY (ARRAY['string'::text, 'number'::text, 'boolean'::text, 'object'::text])))
);
comment on column studio.saved_scene_values.media_file_id is 'file_mgr.files.id; the source of the value, which holds how it is shown';
CREATE INDEX saved_scene_values__media ON studio.saved_scene_values USING btree (tenant_id, media_file_id) WHERE (media_file_id IS NOT NULL);
CREATE TRIGGER saved_scene_values__touch BEFORE UPDATE ON studio.saved_scene_values FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.saved_scene_values enable row level security, force row level security;
create policy own on studio.saved_scene_values for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.saved_scene_values for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.saved_scene_values to flatrender_studio;
grant delete, insert, select, update on studio.saved_scene_values to flatrender_studio_system;

-- studio.saved_scenes

create table studio.saved_scenes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  "position" integer not null,
  scene_key text not null,
  duration_frames integer,
  duration_follows text,
  transition_key text,
  transition_frames integer,
  transition_direction text,
  voiceover_id uuid,
  voiceover_file_id uuid,
  voiceover_volume numeric(4,3) not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint saved_scenes__primary PRIMARY KEY (tenant_id, id),
  constraint saved_scenes__duration CHECK ((duration_frames > 0)),
  constraint saved_scenes__duration_choice CHECK ((num_nonnulls(duration_frames, duration_follows) <= 1)),
  constraint saved_scenes__duration_follows CHECK ((duration_follows = ANY (ARRAY['text'::text, 'media'::text, 'voiceover'::text]))),
  constraint saved_scenes__key_shape CHECK ((scene_key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'::text)),
  constraint saved_scenes__position_once UNIQUE (tenant_id, project_id, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint saved_scenes__position_range CHECK (("position" >= 0)),
  constraint saved_scenes__project FOREIGN KEY (tenant_id, project_id) REFERENCES studio.saved_projects(tenant_id, id) ON DELETE CASCADE,
  constraint saved_scenes__transition CHECK (((transition_key IS NOT NULL) OR ((transition_frames IS NULL) AND (transition_direction IS NULL)))),
  constraint saved_scenes__transition_directions CHECK ((transition_direction = ANY (ARRAY['left'::text, 'right'::text, 'up'::text, 'down'::text]))),
  constraint saved_scenes__transition_frames CHECK ((transition_frames >= 0)),
  constraint saved_scenes__voiceover FOREIGN KEY (tenant_id, voiceover_id) REFERENCES studio.voiceovers(tenant_id, id) ON DELETE SET NULL (voiceover_id),
  constraint saved_scenes__voiceover_choice CHECK ((num_nonnulls(voiceover_id, voiceover_file_id) <= 1)),
  constraint saved_scenes__volume CHECK (((voiceover_volume >= (0)::numeric) AND (voiceover_volume <= (4)::numeric)))
);
comment on column studio.saved_scenes.scene_key is 'the scene''s id in the template; the same may stand in a story several times';
comment on column studio.saved_scenes.duration_frames is 'at the template''s frame rate; neither this nor duration_follows: as the template says';
comment on column studio.saved_scenes.transition_key is 'the transition''s id in the template, to the next scene; null: as the template says';
comment on column studio.saved_scenes.voiceover_file_id is 'file_mgr.files.id; a recording';
CREATE INDEX saved_scenes__voiceover ON studio.saved_scenes USING btree (tenant_id, voiceover_id) WHERE (voiceover_id IS NOT NULL);
CREATE TRIGGER saved_scenes__touch BEFORE UPDATE ON studio.saved_scenes FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.saved_scenes enable row level security, force row level security;
create policy own on studio.saved_scenes for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.saved_scenes for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.saved_scenes to flatrender_studio;
grant delete, insert, select, update on studio.saved_scenes to flatrender_studio_system;

-- studio.share_links

create table studio.share_links (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  owner_id uuid,
  hash bytea not null,
  role text not null default 'view'::text,
  password_hash text,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint share_links__primary PRIMARY KEY (tenant_id, id),
  constraint share_links__hash_length CHECK ((octet_length(hash) = 32)),
  constraint share_links__hash_once UNIQUE (hash),
  constraint share_links__project FOREIGN KEY (tenant_id, project_id) REFERENCES studio.saved_projects(tenant_id, id) ON DELETE CASCADE,
  constraint share_links__roles CHECK ((role = ANY (ARRAY['view'::text, 'comment'::text, 'edit'::text])))
);
comment on column studio.share_links.owner_id is 'identity.users.id; who made it; null for one made by a program';
comment on column studio.share_links.hash is 'SHA-256 of the random part of the link';
comment on column studio.share_links.password_hash is 'Argon2id; null: the link is enough';
CREATE INDEX share_links__project ON studio.share_links USING btree (tenant_id, project_id);
alter table studio.share_links enable row level security, force row level security;
create policy own on studio.share_links for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.share_links for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.share_links to flatrender_studio;
grant delete, insert, select, update on studio.share_links to flatrender_studio_system;

-- studio.voiceovers

create table studio.voiceovers (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  text text not null,
  voice text not null,
  language text not null,
  engine text not null,
  state text not null default 'pending'::text,
  file_id uuid,
  duration_ms integer,
  failure_code text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint voiceovers__primary PRIMARY KEY (tenant_id, id),
  constraint voiceovers__duration CHECK ((duration_ms > 0)),
  constraint voiceovers__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint voiceovers__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint voiceovers__ready CHECK (((state <> 'ready'::text) OR ((file_id IS NOT NULL) AND (duration_ms IS NOT NULL)))),
  constraint voiceovers__states CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text])))
);
comment on column studio.voiceovers.owner_id is 'identity.users.id; null for one made by a program';
comment on column studio.voiceovers.engine is 'what speaks, with its version';
comment on column studio.voiceovers.file_id is 'file_mgr.files.id';
CREATE INDEX voiceovers__newest ON studio.voiceovers USING btree (tenant_id, owner_id, created_at DESC);
CREATE INDEX voiceovers__pending ON studio.voiceovers USING btree (created_at) WHERE (state = 'pending'::text);
CREATE TRIGGER voiceovers__touch BEFORE UPDATE ON studio.voiceovers FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table studio.voiceovers enable row level security, force row level security;
create policy own on studio.voiceovers for all to flatrender_studio using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on studio.voiceovers for all to flatrender_studio_system using (true) with check (true);
grant delete, insert, select, update on studio.voiceovers to flatrender_studio;
grant delete, insert, select, update on studio.voiceovers to flatrender_studio_system;

-- Functions of render

CREATE OR REPLACE FUNCTION render.change_shares(tenants uuid[], accounts uuid[], preview integer[], interactive integer[], batch integer[], started integer[], owed double precision[])
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
declare
  present double precision;
  home uuid;
  rested double precision;
begin
  if 0 >= all (preview || interactive || batch) then
    -- Nothing is queued, so nobody is new and nobody comes back.
    perform from render.tenant_shares where tenant_id = any (tenants) order by tenant_id for update;
  else
    insert into render.tenant_shares (tenant_id)
      select distinct t from unnest(tenants) as t
      where not exists (select from render.tenant_shares where tenant_id = t) order by 1 on conflict do nothing;
    perform from render.tenant_shares where tenant_id = any (tenants) order by tenant_id for update;
    insert into render.account_shares (tenant_id, account_id)
      select distinct t, a from unnest(tenants, accounts) as u (t, a)
      where not exists (select from render.account_shares where tenant_id = t and account_id = a) on conflict do nothing;
    present := coalesce(
      least(
        (select min(virtual_ms) from render.tenant_shares where best_lane = 0),
        (select min(virtual_ms) from render.tenant_shares where best_lane = 1),
        (select min(virtual_ms) from render.tenant_shares where best_lane = 2)
      ),
      (select max(virtual_ms) from render.tenant_shares), 0
    );
    update render.tenant_shares set virtual_ms = present
      where tenant_id = any (tenants) and virtual_ms < present
        and running = 0 and pending_preview + pending_interactive + pending_batch = 0;
    foreach home in array (select array_agg(distinct t) from unnest(tenants) as t) loop
      select coalesce(min(virtual_ms), (select max(virtual_ms) from render.account_shares where tenant_id = home), 0)
        into rested from render.account_shares where tenant_id = home and best_lane is not null;
      update render.account_shares set virtual_ms = rested
        where tenant_id = home and account_id = any (accounts) and virtual_ms < rested
          and running = 0 and pending_preview + pending_interactive + pending_batch = 0;
    end loop;
  end if;
  update render.account_shares as share set
    pending_preview = share.pending_preview + change.preview,
    pending_interactive = share.pending_interactive + change.interactive,
    pending_batch = share.pending_batch + change.batch,
    running = share.running + change.started,
    owed_ms = share.owed_ms + change.owed
  from (
    select t, a, sum(p)::int as preview, sum(i)::int as interactive, sum(b)::int as batch, sum(s)::int as started, sum(o) as owed
    from unnest(tenants, accounts, preview, interactive, batch, started, owed) as u (t, a, p, i, b, s, o) group by t, a
  ) as change
  where share.tenant_id = change.t and share.account_id = change.a;
  update render.tenant_shares as share set
    pending_preview = share.pending_preview + change.preview,
    pending_interactive = share.pending_interactive + change.interactive,
    pending_batch = share.pending_batch + change.batch,
    running = share.running + change.started,
    owed_ms = share.owed_ms + change.owed,
    best_lane = (select min(best_lane) from render.account_shares where tenant_id = share.tenant_id and best_lane is not null),
    worst_lane = (select max(worst_lane) from render.account_shares where tenant_id = share.tenant_id and worst_lane is not null),
    burst_lane = (select min(burst_lane) from render.account_shares where tenant_id = share.tenant_id and burst_lane is not null)
  from (
    select t, sum(p)::int as preview, sum(i)::int as interactive, sum(b)::int as batch, sum(s)::int as started, sum(o) as owed
    from unnest(tenants, preview, interactive, batch, started, owed) as u (t, p, i, b, s, o) group by t
  ) as change
  where share.tenant_id = change.t;
end
$function$
;
CREATE OR REPLACE FUNCTION render.complete_frame_jobs(reports jsonb)
 RETURNS SETOF render.frame_jobs
 LANGUAGE plpgsql
 ROWS 16
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
begin
  return query update render.frame_jobs as job set
    state = 'verified', lease_expires_at = null, reported = 'completed', result = report.result, worked_ms = report.worked_ms,
    finished_at = clock_timestamp()
  from (
    select * from jsonb_to_recordset(reports)
      as told (tenant_id uuid, id uuid, node_id uuid, fence bigint, result jsonb, worked_ms int) order by tenant_id, id
  ) as report
  where job.tenant_id = report.tenant_id and job.id = report.id and job.node_id = report.node_id and job.fence = report.fence
    and job.state = 'leased' and job.kind = report.result->>'kind'
  returning job.*;
end
$function$
;
CREATE OR REPLACE FUNCTION render.count_silences(lost uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
AS $function$
  with silent as (
    select id from render.nodes where id = any (lost) and not silence_counted order by id for update
  ), counted as (
    update render.nodes as node set recent_failures = ((node.recent_failures << 1) | 1) & 1023, silence_counted = true
    from silent where node.id = silent.id returning node.id, node.recent_failures
  )
  select id from counted where render.is_failing(recent_failures) order by id
$function$
;
CREATE OR REPLACE FUNCTION render.is_elsewhere(tried uuid[], needed_engine text, needed_build text, needed_memory bigint, silence_seconds double precision)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from render.nodes
    where state = 'online' and last_seen_at > now() - make_interval(secs => silence_seconds) and id <> all (tried)
      and engine = needed_engine and (needed_build is null or engine_build = needed_build)
      and coalesce(memory_bytes, 0) >= needed_memory
  )
$function$
;
CREATE OR REPLACE FUNCTION render.is_failing(recent_failures integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select bit_count(recent_failures::bit(10)) >= 5
$function$
;
CREATE OR REPLACE FUNCTION render.lease_chosen(places integer[], for_nodes uuid[], tenants uuid[], ids uuid[], lease_seconds double precision)
 RETURNS TABLE(place integer, job_tenant_id uuid, job_id uuid, job_kind text, job_fence bigint, job_attempt integer, job_input jsonb)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
declare
  leased_places int[];
  kinds text[];
  fences bigint[];
  attempts int[];
  inputs jsonb[];
  payers uuid[];
  accounts uuid[];
  lanes text[];
  charges double precision[];
begin
  with chosen as (
    select job.tenant_id, job.id, u.place, for_nodes[u.place] as node_id, u.number
    from unnest(places, tenants, ids) with ordinality as u (place, tenant_id, id, number)
    join render.frame_jobs as job on job.tenant_id = u.tenant_id and job.id = u.id
    where job.state = 'pending' and job.ready for update of job skip locked
  ), leased as (
    update render.frame_jobs as job set
      state = 'leased', node_id = chosen.node_id, fence = job.fence + 1, reported = null,
      leased_at = clock_timestamp(), lease_expires_at = clock_timestamp() + make_interval(secs => lease_seconds)
    from chosen where job.tenant_id = chosen.tenant_id and job.id = chosen.id
    returning job.tenant_id, job.id, job.kind, job.fence, job.attempts, job.input, job.payer_tenant_id, job.account_id, job.lane,
      job.estimated_ms, chosen.place as place, chosen.number as number
  )
  select array_agg(l.place order by l.number), array_agg(l.tenant_id order by l.number), array_agg(l.id order by l.number),
    array_agg(l.kind order by l.number), array_agg(l.fence order by l.number), array_agg(l.attempts + 1 order by l.number),
    array_agg(l.input order by l.number), array_agg(l.payer_tenant_id order by l.number),
    array_agg(l.account_id order by l.number), array_agg(l.lane order by l.number),
    array_agg(greatest(l.estimated_ms, 1) order by l.number)
  into leased_places, tenants, ids, kinds, fences, attempts, inputs, payers, accounts, lanes, charges from leased as l;
  if leased_places is null then
    return;
  end if;
  update render.account_shares as share set
    pending_preview = share.pending_preview - change.preview,
    pending_interactive = share.pending_interactive - change.interactive,
    pending_batch = share.pending_batch - change.batch,
    running = share.running + change.started,
    virtual_ms = share.virtual_ms + (change.charged + share.owed_ms) / share.weight,
    owed_ms = 0
  from (
    select t, a, count(*) filter (where l = 'preview') as preview, count(*) filter (where l = 'interactive') as interactive,
      count(*) filter (where l = 'batch') as batch, count(*) as started, sum(c) as charged
    from unnest(payers, accounts, lanes, charges) as u (t, a, l, c) group by t, a
  ) as change where share.tenant_id = change.t and share.account_id = change.a;
  update render.tenant_shares as share set
    pending_preview = share.pending_preview - change.preview,
    pending_interactive = share.pending_interactive - change.interactive,
    pending_batch = share.pending_batch - change.batch,
    running = share.running + change.started,
    virtual_ms = share.virtual_ms + (change.charged + share.owed_ms) / share.weight,
    owed_ms = 0,
    best_lane = (select min(best_lane) from render.account_shares where tenant_id = share.tenant_id and best_lane is not null),
    worst_lane = (select max(worst_lane) from render.account_shares where tenant_id = share.tenant_id and worst_lane is not null),
    burst_lane = (select min(burst_lane) from render.account_shares where tenant_id = share.tenant_id and burst_lane is not null)
  from (
    select t, count(*) filter (where l = 'preview') as preview, count(*) filter (where l = 'interactive') as interactive,
      count(*) filter (where l = 'batch') as batch, count(*) as started, sum(c) as charged
    from unnest(payers, lanes, charges) as u (t, l, c) group by t
  ) as change where share.tenant_id = change.t;
  return query select * from unnest(leased_places, tenants, ids, kinds, fences, attempts, inputs);
end
$function$
;
CREATE OR REPLACE FUNCTION render.lease_frame_jobs(for_tenants uuid[], for_nodes uuid[], wanted integer[], memory bigint[], lease_seconds double precision, ageing_seconds double precision, silence_seconds double precision, most_attempts integer)
 RETURNS TABLE(place integer, job_tenant_id uuid, job_id uuid, job_kind text, job_fence bigint, job_attempt integer, job_input jsonb)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  lanes constant text[] := array['preview', 'interactive', 'batch'];
  -- So many accounts are looked at that have nothing for this node; then the oldest that it can do goes.
  patience constant int := 64;
  number int;
  node record;
  held bytea[];
  unfit_tenants uuid[];
  unfit_accounts uuid[];
  unfit_jobs uuid[];
  fruitless int;
  missing int;
  most int;
  aged boolean;
  burst boolean;
  waited boolean := false;
  maintained boolean := false;
  turn bigint;
  payer uuid;
  payer_lane int;
  payer_virtual double precision;
  payer_weight int;
  payer_owed double precision;
  account uuid;
  room int;
  lane_number int;
  width int;
  tenants uuid[];
  ids uuid[];
  charged double precision;
  -- Chosen, and not leased yet; whose it is, and the first of them once it is charged.
  chosen_places int[] := '{}';
  chosen_tenants uuid[] := '{}';
  chosen_ids uuid[] := '{}';
  touched uuid[] := '{}';
  ahead_lane int;
  ahead_virtual double precision;
  -- Is there anything in our hands? Then we wait for nobody.
  laden boolean := false;
  -- Had somebody else hold of all whose turn it could be?
  busy boolean;
  -- Is what is chosen to be leased now, and is a turn of what has waited too long put off until then?
  settle boolean := false;
  due boolean := false;
begin
  -- A lease that a crash undoes is nobody's: its node hears that it is lost when it beats, and nobody else may report it.
  perform set_config('synchronous_commit', 'off', true);
  -- By the least, for that takes one index and no other, whatever the planner believes of the queue.
  if (select min(lease_expires_at) from render.frame_jobs where state = 'leased') < clock_timestamp() then
    maintained := render.take_back_expired(32, most_attempts) > 0;
  end if;
  if (select min(not_before_at) from render.frame_jobs where state = 'pending' and not ready) <= clock_timestamp() then
    maintained := render.wake_resting(64) > 0 or maintained;
  end if;

  for number in 1 .. cardinality(for_nodes) loop
    select n.state, n.engine, n.engine_build into node from render.nodes as n
      where n.id = for_nodes[number] and n.tenant_id = for_tenants[number];
    continue when not found or node.state <> 'online';
    held := array(select template_hash from render.node_template_cache
      where tenant_id = for_tenants[number] and node_id = for_nodes[number] order by last_used_at desc limit 256);
    unfit_tenants := '{}';
    unfit_accounts := '{}';
    unfit_jobs := '{}';
    fruitless := 0;
    burst := false;
    busy := false;
    missing := wanted[number];

    while missing > 0 loop
      turn := nextval('render.lease_turns');
      aged := turn % 8 = 0 or due;
      due := false;
      payer := null;
      account := null;
      ids := null;

      -- Whose turn is it?
      if cardinality(touched) > 0 and (settle or burst or fruitless >= patience) then
        return query select * from render.lease_chosen(chosen_places, for_nodes, chosen_tenants, chosen_ids, lease_seconds);
        chosen_places := '{}';
        chosen_tenants := '{}';
        chosen_ids := '{}';
        touched := '{}';
      end if;
      settle := false;
      if fruitless >= patience then
        select j.payer_tenant_id, j.account_id, array[j.tenant_id], array[j.id], greatest(j.estimated_ms, 1)
          into payer, account, tenants, ids, charged from (
          (select * from render.frame_jobs where state = 'pending' and ready and needed_memory_bytes >= 0
            and engine = node.engine and case when engine_build is null then '' else engine_build end = node.engine_build
            order by lane desc, queued_at limit 256)
          union all
          (select * from render.frame_jobs where state = 'pending' and ready and needed_memory_bytes >= 0
            and engine = node.engine and case when engine_build is null then '' else engine_build end = ''
            order by lane desc, queued_at limit 256)
        ) as j join render.account_shares as share on share.tenant_id = j.payer_tenant_id and share.account_id = j.account_id
        where j.needed_memory_bytes <= memory[number] and j.id <> all (unfit_jobs) and share.burst_lane is not null
          and not (for_nodes[number] = any (j.tried_node_ids)
            and render.is_elsewhere(j.tried_node_ids, j.engine, j.engine_build, j.needed_memory_bytes, silence_seconds))
        order by j.lane desc, j.queued_at limit 1;
        exit when payer is null;
        select share.best_lane, share.virtual_ms, share.weight, share.owed_ms
          into payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
          where share.tenant_id = payer for update skip locked;
        busy := not found;
        exit when busy;
      else
        if aged then
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.worst_lane is not null and share.tenant_id <> all (unfit_tenants || touched)
            order by share.worst_lane desc, share.virtual_ms limit 1 for update skip locked;
          if payer is null then
            due := cardinality(touched) > 0;
            settle := due;
            continue;
          end if;
        elsif burst then
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.burst_lane is not null and share.tenant_id <> all (unfit_tenants)
            order by share.burst_lane, share.virtual_ms limit 1 for update skip locked;
        else
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.best_lane is not null and share.tenant_id <> all (unfit_tenants || touched)
            order by share.best_lane, share.virtual_ms limit 1 for update skip locked;
          if cardinality(touched) > 0
            and (payer is null or (ahead_lane, ahead_virtual) < (payer_lane, payer_virtual)) then
            -- It may be the turn of one who has chosen already.
            settle := true;
            continue;
          end if;
        end if;
        if payer is null then
          if exists (select from render.tenant_shares as share where (share.best_lane is not null
              or (burst and share.burst_lane is not null)) and share.tenant_id <> all (unfit_tenants)) then
            -- All whose turn it could be are in somebody's hands.
            busy := waited or maintained or laden;
            exit when busy;
            waited := true;
            perform from render.tenant_shares as share
              where share.best_lane is not null and share.tenant_id <> all (unfit_tenants)
              order by share.best_lane, share.virtual_ms limit 1 for update;
            continue;
          end if;
          exit when burst;
          burst := true;
          continue;
        end if;

        -- By its weight, so that a turn is the same part of what everybody is due.
        most := least(missing, ceil(wanted[number] * payer_weight / 800.0)::int);

        -- And which of its accounts'?
        if aged then
          select account_id, worst_lane, coalesce(running_cap, 2147483647) - running into account, lane_number, room
            from render.account_shares where tenant_id = payer and worst_lane is not null and account_id <> all (unfit_accounts)
            order by worst_lane desc, virtual_ms limit 1;
          select array_agg(j.tenant_id), array_agg(j.id), sum(greatest(j.estimated_ms, 1)) into tenants, ids, charged from (
            select c.tenant_id, c.id, c.estimated_ms from (
              (select tenant_id, id, estimated_ms, queued_at, needed_memory_bytes, tried_node_ids, engine, engine_build
                from render.frame_jobs where state = 'pending' and ready and frames >= 0 and payer_tenant_id = payer
                and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                and case when engine_build is null then '' else engine_build end = node.engine_build order by queued_at limit 8)
              union all
              (select tenant_id, id, estimated_ms, queued_at, needed_memory_bytes, tried_node_ids, engine, engine_build
                from render.frame_jobs where state = 'pending' and ready and frames >= 0 and payer_tenant_id = payer
                and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                and case when engine_build is null then '' else engine_build end = '' order by queued_at limit 8)
            ) as c where c.queued_at < clock_timestamp() - make_interval(secs => ageing_seconds)
              and c.needed_memory_bytes <= memory[number] and c.id <> all (unfit_jobs)
              and not (for_nodes[number] = any (c.tried_node_ids)
                and render.is_elsewhere(c.tried_node_ids, c.engine, c.engine_build, c.needed_memory_bytes, silence_seconds))
            order by c.queued_at limit least(most, room)
          ) as j;
          -- Nothing has waited too long: the next turn is as any other.
          continue when ids is null;
        else
          if burst then
            select account_id, burst_lane, coalesce(running_cap, 2147483647) - running + running_burst
              into account, lane_number, room from render.account_shares
              where tenant_id = payer and burst_lane is not null and account_id <> all (unfit_accounts)
              order by burst_lane, virtual_ms limit 1;
          else
            select account_id, best_lane, coalesce(running_cap, 2147483647) - running into account, lane_number, room
              from render.account_shares where tenant_id = payer and best_lane is not null and account_id <> all (unfit_accounts)
              order by best_lane, virtual_ms limit 1;
          end if;
          if account is null then
            unfit_tenants := unfit_tenants || payer;
            continue;
          end if;
          -- Its first that the node can do; of those that stand at the very front, ones whose template the node holds. Where
          -- nothing of its highest lane will do, a lower one is looked at, though others may have something in between.
          <<search>>
          while lane_number <= 2 loop
            foreach width in array array[8, 1000] loop
              select array_agg(j.tenant_id), array_agg(j.id), sum(greatest(j.estimated_ms, 1)) into tenants, ids, charged from (
                -- No column more than it takes: a job's input is wide, and it would be sorted with the rest.
                select c.tenant_id, c.id, c.estimated_ms from (
                  (select tenant_id, id, estimated_ms, priority, queued_at, template_hash, needed_memory_bytes, tried_node_ids,
                      engine, engine_build
                    from render.frame_jobs where state = 'pending' and ready and estimated_ms >= 0 and payer_tenant_id = payer
                    and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                    and case when engine_build is null then '' else engine_build end = node.engine_build order by priority desc, queued_at limit width)
                  union all
                  (select tenant_id, id, estimated_ms, priority, queued_at, template_hash, needed_memory_bytes, tried_node_ids,
                      engine, engine_build
                    from render.frame_jobs where state = 'pending' and ready and estimated_ms >= 0 and payer_tenant_id = payer
                    and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                    and case when engine_build is null then '' else engine_build end = '' order by priority desc, queued_at limit width)
                ) as c
                where c.needed_memory_bytes <= memory[number] and c.id <> all (unfit_jobs)
                  and not (for_nodes[number] = any (c.tried_node_ids)
                    and render.is_elsewhere(c.tried_node_ids, c.engine, c.engine_build, c.needed_memory_bytes, silence_seconds))
                order by c.priority desc, (turn % 4 <> 1 and width = 8 and c.template_hash = any (held)) is true desc,
                  c.queued_at, c.id
                limit least(most, room)
              ) as j;
              exit search when ids is not null;
            end loop;
            lane_number := lane_number + 1;
          end loop search;
          if ids is null then
            unfit_accounts := unfit_accounts || account;
            fruitless := fruitless + 1;
            continue;
          end if;
        end if;
      end if;

      -- Whoever has hold of one of them has it: it isn't chosen twice.
      unfit_jobs := unfit_jobs || ids;
      chosen_places := chosen_places || array_fill(number, array[cardinality(ids)]);
      chosen_tenants := chosen_tenants || tenants;
      chosen_ids := chosen_ids || ids;
      missing := missing - cardinality(ids);
      laden := true;
      payer_lane := coalesce(payer_lane, 3);
      payer_virtual := payer_virtual + (charged + payer_owed) / payer_weight;
      if cardinality(touched) = 0 or (payer_lane, payer_virtual) < (ahead_lane, ahead_virtual) then
        ahead_lane := payer_lane;
        ahead_virtual := payer_virtual;
      end if;
      touched := touched || payer;
    end loop;
    if busy and missing = wanted[number] then
      place := number;
      return next;
    end if;
  end loop;
  if cardinality(touched) > 0 then
    return query select * from render.lease_chosen(chosen_places, for_nodes, chosen_tenants, chosen_ids, lease_seconds);
  end if;
end
$function$
;
CREATE OR REPLACE FUNCTION render.take_back_expired(most integer, most_attempts integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  lost render.frame_jobs[];
begin
  select array_agg(job order by job.tenant_id, job.id) into lost from (
    select * from render.frame_jobs
    where state = 'leased' and lease_expires_at < clock_timestamp() and attempts + 1 < most_attempts and waiters > 0
    order by lease_expires_at limit most for update skip locked
  ) as job;
  if lost is null then
    return 0;
  end if;
  update render.frame_jobs as job set
    state = 'pending', attempts = job.attempts + 1, tried_node_ids = job.tried_node_ids || job.node_id, lease_expires_at = null
  from unnest(lost) as l where job.tenant_id = l.tenant_id and job.id = l.id;
  insert into render.node_crashes
    (tenant_id, node_id, job_tenant_id, frame_job_id, attempt, kind, engine_build, replay)
  select node.tenant_id, node.id, l.tenant_id, l.id, l.attempts + 1, 'node_lost', coalesce(node.engine_build, ''), l.input
  from unnest(lost) as l join render.nodes as node on node.id = l.node_id
  on conflict do nothing;
  perform render.count_silences(array_agg(distinct l.node_id)) from unnest(lost) as l;
  perform render.change_shares(
    array_agg(l.payer_tenant_id), array_agg(l.account_id),
    array_agg((l.lane = 'preview')::int), array_agg((l.lane = 'interactive')::int), array_agg((l.lane = 'batch')::int),
    array_agg(-1), array_agg(0::double precision)
  ) from unnest(lost) as l;
  return cardinality(lost);
end
$function$
;
CREATE OR REPLACE FUNCTION render.wake_resting(most integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  woken render.frame_jobs[];
begin
  select array_agg(job order by job.tenant_id, job.id) into woken from (
    select * from render.frame_jobs where state = 'pending' and not ready and not_before_at <= clock_timestamp()
    order by not_before_at limit most for update skip locked
  ) as job;
  if woken is null then
    return 0;
  end if;
  update render.frame_jobs as job set ready = true
  from unnest(woken) as w where job.tenant_id = w.tenant_id and job.id = w.id;
  perform render.change_shares(
    array_agg(w.payer_tenant_id), array_agg(w.account_id),
    array_agg((w.lane = 'preview')::int), array_agg((w.lane = 'interactive')::int), array_agg((w.lane = 'batch')::int),
    array_agg(0), array_agg(0::double precision)
  ) from unnest(woken) as w;
  return cardinality(woken);
end
$function$
;

-- render.account_shares

create table render.account_shares (
  tenant_id uuid not null,
  account_id uuid not null,
  weight integer not null default 100,
  virtual_ms double precision not null default 0,
  owed_ms double precision not null default 0,
  pending_preview integer not null default 0,
  pending_interactive integer not null default 0,
  pending_batch integer not null default 0,
  running integer not null default 0,
  running_cap integer,
  running_burst integer not null default 0,
  best_lane smallint default 
CASE
    WHEN (running >= COALESCE(running_cap, 2147483647)) THEN NULL::integer
    WHEN (pending_preview > 0) THEN 0
    WHEN (pending_interactive > 0) THEN 1
    WHEN (pending_batch > 0) THEN 2
    ELSE NULL::integer
END,
  worst_lane smallint default 
CASE
    WHEN (running >= COALESCE(running_cap, 2147483647)) THEN NULL::integer
    WHEN (pending_batch > 0) THEN 2
    WHEN (pending_interactive > 0) THEN 1
    WHEN (pending_preview > 0) THEN 0
    ELSE NULL::integer
END,
  burst_lane smallint default 
CASE
    WHEN ((running - running_burst) >= COALESCE(running_cap, 2147483647)) THEN NULL::integer
    WHEN (pending_preview > 0) THEN 0
    WHEN (pending_interactive > 0) THEN 1
    WHEN (pending_batch > 0) THEN 2
    ELSE NULL::integer
END,
  constraint account_shares__primary PRIMARY KEY (tenant_id, account_id),
  constraint account_shares__cap_range CHECK (((running_cap > 0) AND (running_burst >= 0))),
  constraint account_shares__counts CHECK (((pending_preview >= 0) AND (pending_interactive >= 0) AND (pending_batch >= 0) AND (running >= 0))),
  constraint account_shares__tenant FOREIGN KEY (tenant_id) REFERENCES render.tenant_shares(tenant_id) ON DELETE CASCADE,
  constraint account_shares__weight_range CHECK ((weight > 0))
);
comment on column render.account_shares.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column render.account_shares.owed_ms is 'as of tenant_shares';
comment on column render.account_shares.running_cap is 'frame jobs at once; null: no cap';
comment on column render.account_shares.running_burst is 'so many above the cap while nodes would stand idle';
comment on column render.account_shares.best_lane is 'the highest lane in which it has work and is below its cap';
CREATE INDEX account_shares__burst ON render.account_shares USING btree (tenant_id, burst_lane, virtual_ms) WHERE (burst_lane IS NOT NULL);
CREATE INDEX account_shares__last ON render.account_shares USING btree (tenant_id, worst_lane DESC, virtual_ms) WHERE (worst_lane IS NOT NULL);
CREATE INDEX account_shares__next ON render.account_shares USING btree (tenant_id, best_lane, virtual_ms) WHERE (best_lane IS NOT NULL);
alter table render.account_shares enable row level security, force row level security;
create policy own on render.account_shares for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.account_shares for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.account_shares to flatrender_render;
grant delete, insert, select, update on render.account_shares to flatrender_render_system;

-- render.batch_rows

create table render.batch_rows (
  tenant_id uuid not null,
  batch_id uuid not null,
  "row" integer not null,
  owner_id uuid,
  name text,
  modifications jsonb,
  metadata jsonb not null default '{}'::jsonb,
  state text not null default 'waiting'::text,
  tries integer not null default 0,
  render_job_id uuid,
  credits bigint,
  video_ms integer,
  failures jsonb,
  constraint batch_rows__primary PRIMARY KEY (tenant_id, batch_id, "row"),
  constraint batch_rows__accepted CHECK (((state <> 'accepted'::text) OR (render_job_id IS NOT NULL))),
  constraint batch_rows__awaited CHECK (((state = ANY (ARRAY['waiting'::text, 'examined'::text])) = (modifications IS NOT NULL))),
  constraint batch_rows__batch FOREIGN KEY (tenant_id, batch_id) REFERENCES render.batches(tenant_id, id) ON DELETE CASCADE,
  constraint batch_rows__examined CHECK (((state <> 'examined'::text) OR (num_nonnulls(render_job_id, credits, video_ms) = 3))),
  constraint batch_rows__numbers CHECK ((("row" > 0) AND (tries >= 0) AND (credits > 0) AND (video_ms > 0))),
  constraint batch_rows__objects CHECK (((jsonb_typeof(modifications) = 'object'::text) AND (jsonb_typeof(metadata) = 'object'::text) AND (jsonb_typeof(failures) = 'array'::text))),
  constraint batch_rows__refused CHECK (((state = 'refused'::text) = (failures IS NOT NULL))),
  constraint batch_rows__states CHECK ((state = ANY (ARRAY['waiting'::text, 'examined'::text, 'accepted'::text, 'refused'::text, 'cancelled'::text])))
);
comment on column render.batch_rows."row" is 'counted from 1';
comment on column render.batch_rows.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.batch_rows.name is 'of its file in the archive';
comment on column render.batch_rows.state is 'examined: of all or nothing alone; its price and length are known, and count with those of all others. Once its batch is placing they are promised to it';
comment on column render.batch_rows.tries is 'how often it could not be told whether it is valid';
comment on column render.batch_rows.render_job_id is 'the id that its render has, or will have: credits are promised under it first';
comment on column render.batch_rows.failures is 'all that is wrong with it: code, data';
CREATE INDEX batch_rows__awaited ON render.batch_rows USING btree (tenant_id, batch_id, tries, "row") WHERE (state = ANY (ARRAY['waiting'::text, 'examined'::text]));
alter table render.batch_rows enable row level security, force row level security;
create policy own on render.batch_rows for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.batch_rows for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.batch_rows to flatrender_render;
grant delete, insert, select, update on render.batch_rows to flatrender_render_system;

-- render.batches

create table render.batches (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  api_key_id uuid,
  account_id uuid not null,
  template_id uuid not null,
  template_version_id uuid not null,
  name text,
  lane text not null default 'batch'::text,
  metadata jsonb not null default '{}'::jsonb,
  webhook_url text,
  request jsonb not null,
  rows_total integer not null,
  all_or_nothing boolean not null default false,
  state text not null,
  tally jsonb,
  failure_code text,
  failure_data jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint batches__primary PRIMARY KEY (tenant_id, id),
  constraint batches__failed CHECK (((failure_code IS NULL) OR (state = 'failed'::text))),
  constraint batches__finished CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
  constraint batches__lanes CHECK ((lane = ANY (ARRAY['preview'::text, 'interactive'::text, 'batch'::text]))),
  constraint batches__objects CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (jsonb_typeof(request) = 'object'::text) AND (jsonb_typeof(tally) = 'object'::text) AND (jsonb_typeof(failure_data) = 'object'::text))),
  constraint batches__rows CHECK ((rows_total > 0)),
  constraint batches__states CHECK ((state = ANY (ARRAY['examining'::text, 'placing'::text, 'running'::text, 'cancelling'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
  constraint batches__tally CHECK (((tally IS NULL) = (finished_at IS NULL))),
  constraint batches__webhook_shape CHECK ((webhook_url ~ '^https?://'::text))
);
comment on column render.batches.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.batches.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.batches.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column render.batches.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column render.batches.template_version_id is 'content.template_versions.id';
comment on column render.batches.request is 'who asked and what all rows share, for they become renders later';
comment on column render.batches.state is 'examining: of all or nothing alone, before any row is taken on; placing: rows become renders, a portion at a time';
comment on column render.batches.tally is 'what became of its rows, counted once it is over';
CREATE INDEX batches__newest ON render.batches USING btree (tenant_id, created_at DESC, id DESC);
CREATE INDEX batches__of_account ON render.batches USING btree (tenant_id, account_id) WHERE (state = ANY (ARRAY['examining'::text, 'placing'::text, 'running'::text, 'cancelling'::text]));
CREATE INDEX batches__open ON render.batches USING btree (updated_at) WHERE (state = ANY (ARRAY['examining'::text, 'placing'::text, 'running'::text, 'cancelling'::text]));
CREATE INDEX batches__owner ON render.batches USING btree (tenant_id, owner_id, created_at DESC, id DESC);
CREATE TRIGGER batches__touch BEFORE UPDATE ON render.batches FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table render.batches enable row level security, force row level security;
create policy own on render.batches for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.batches for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.batches to flatrender_render;
grant delete, insert, select, update on render.batches to flatrender_render_system;

-- render.exports

create table render.exports (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  render_job_id uuid,
  batch_id uuid,
  container text not null,
  state text not null default 'assembling'::text,
  object_key text,
  bytes bigint,
  hash bytea,
  duration_ms integer,
  file_id uuid,
  failure_code text,
  expires_at timestamp with time zone,
  recreation_ends_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint exports__primary PRIMARY KEY (tenant_id, id),
  constraint exports__batch FOREIGN KEY (tenant_id, batch_id) REFERENCES render.batches(tenant_id, id) ON DELETE RESTRICT,
  constraint exports__batch_is_zipped CHECK (((batch_id IS NULL) OR (container = 'zip'::text))),
  constraint exports__containers CHECK ((container = ANY (ARRAY['mp4'::text, 'webm'::text, 'mov'::text, 'gif'::text, 'webp'::text, 'png'::text, 'zip'::text]))),
  constraint exports__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint exports__hash_length CHECK ((octet_length(hash) = 32)),
  constraint exports__of_one CHECK ((num_nonnulls(render_job_id, batch_id) = 1)),
  constraint exports__once UNIQUE NULLS NOT DISTINCT (tenant_id, render_job_id, batch_id, container),
  constraint exports__ready CHECK (((state <> 'ready'::text) OR ((object_key IS NOT NULL) AND (bytes IS NOT NULL) AND (hash IS NOT NULL)))),
  constraint exports__render_job FOREIGN KEY (tenant_id, render_job_id) REFERENCES render.render_jobs(tenant_id, id) ON DELETE RESTRICT,
  constraint exports__sizes CHECK (((bytes > 0) AND (duration_ms >= 0))),
  constraint exports__states CHECK ((state = ANY (ARRAY['assembling'::text, 'ready'::text, 'failed'::text, 'expired'::text])))
);
comment on column render.exports.file_id is 'file_mgr.files.id; as what its owner finds it';
comment on column render.exports.expires_at is 'by plan; null: never';
comment on column render.exports.recreation_ends_at is 'what it is made of is kept so long; null: it was never there';
CREATE INDEX exports__batch ON render.exports USING btree (tenant_id, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX exports__expiring ON render.exports USING btree (expires_at) WHERE (state = 'ready'::text);
CREATE INDEX exports__gone ON render.exports USING btree (tenant_id, id) WHERE ((state = ANY (ARRAY['expired'::text, 'failed'::text])) AND (object_key IS NOT NULL));
CREATE INDEX exports__object ON render.exports USING btree (object_key) WHERE (object_key IS NOT NULL);
CREATE TRIGGER exports__touch BEFORE UPDATE ON render.exports FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table render.exports enable row level security, force row level security;
create policy own on render.exports for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.exports for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.exports to flatrender_render;
grant delete, insert, select, update on render.exports to flatrender_render_system;

-- render.frame_jobs

create table render.frame_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null default 'frames'::text,
  payer_tenant_id uuid not null,
  account_id uuid not null,
  render_job_id uuid,
  lane text not null default 'interactive'::text,
  priority integer not null default 0,
  engine text not null default 'lottie'::text,
  engine_build text,
  template_hash bytea,
  needed_memory_bytes bigint not null default 0,
  frames integer not null default 0,
  estimated_ms integer not null default 0,
  input jsonb not null,
  waiters integer not null default 0,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  tried_node_ids uuid[] not null default '{}'::uuid[],
  ready boolean not null default true,
  not_before_at timestamp with time zone not null default now(),
  node_id uuid,
  fence bigint not null default 0,
  reported text,
  leased_at timestamp with time zone,
  lease_expires_at timestamp with time zone,
  result jsonb,
  error jsonb,
  worked_ms integer,
  queued_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint frame_jobs__primary PRIMARY KEY (tenant_id, id),
  constraint frame_jobs__build CHECK (((kind <> 'frames'::text) OR ((engine_build IS NOT NULL) AND (frames > 0)))),
  constraint frame_jobs__counts CHECK (((frames >= 0) AND (waiters >= 0) AND (attempts >= 0) AND (fence >= 0) AND (needed_memory_bytes >= 0) AND (estimated_ms >= 0) AND (worked_ms >= 0))),
  constraint frame_jobs__failed CHECK (((state <> 'failed'::text) OR (error IS NOT NULL))),
  constraint frame_jobs__finished CHECK (((state = ANY (ARRAY['pending'::text, 'leased'::text])) = (finished_at IS NULL))),
  constraint frame_jobs__hash_length CHECK ((octet_length(template_hash) = 32)),
  constraint frame_jobs__input_object CHECK ((jsonb_typeof(input) = 'object'::text)),
  constraint frame_jobs__kinds CHECK ((kind = ANY (ARRAY['frames'::text, 'probe'::text, 'thumbnail'::text, 'snapshot'::text, 'sound'::text, 'assemble'::text, 'compare'::text]))),
  constraint frame_jobs__lanes CHECK ((lane = ANY (ARRAY['preview'::text, 'interactive'::text, 'batch'::text]))),
  constraint frame_jobs__lease_holder CHECK (((state <> 'leased'::text) OR ((node_id IS NOT NULL) AND (leased_at IS NOT NULL) AND (fence > 0)))),
  constraint frame_jobs__leased CHECK (((state = 'leased'::text) = (lease_expires_at IS NOT NULL))),
  constraint frame_jobs__ready CHECK ((ready OR (state = 'pending'::text))),
  constraint frame_jobs__render_job FOREIGN KEY (tenant_id, render_job_id) REFERENCES render.render_jobs(tenant_id, id) ON DELETE CASCADE,
  constraint frame_jobs__reports CHECK ((reported = ANY (ARRAY['completed'::text, 'failed'::text]))),
  constraint frame_jobs__states CHECK ((state = ANY (ARRAY['pending'::text, 'leased'::text, 'verified'::text, 'cached'::text, 'failed'::text, 'cancelled'::text])))
);
comment on column render.frame_jobs.payer_tenant_id is 'identity.tenants.id; on whose share the work counts: it asked first';
comment on column render.frame_jobs.account_id is 'the payer''s account: identity.users.id where it bills per user, else identity.tenants.id';
comment on column render.frame_jobs.render_job_id is 'what is assembled; frames have pins in its place, for many may wait for them';
comment on column render.frame_jobs.lane is 'the highest of those who wait';
comment on column render.frame_jobs.engine_build is 'what a node must run; null: any will do';
comment on column render.frame_jobs.template_hash is 'the package''s content hash: a node that holds it is preferred';
comment on column render.frame_jobs.estimated_ms is 'learned work; shares are charged with it, and with the difference to worked_ms at the end';
comment on column render.frame_jobs.waiters is 'who still wants it; at none it is cancelled, if nobody has begun';
comment on column render.frame_jobs.tried_node_ids is 'render.nodes.id; the next attempt goes elsewhere if there is an elsewhere';
comment on column render.frame_jobs.ready is 'may be leased; while a failed one waits for not_before_at it stands in nobody''s way';
comment on column render.frame_jobs.not_before_at is 'backoff after a failed attempt';
comment on column render.frame_jobs.node_id is 'render.nodes.id; no key: the node is another tenant''s as a rule. Who has it, or had it last';
comment on column render.frame_jobs.fence is 'fencing number: each lease has a higher one, and reports with a lower one are refused';
comment on column render.frame_jobs.reported is 'what the holder of this fence has reported: the same once more gets the same answer';
comment on column render.frame_jobs.lease_expires_at is 'by PostgreSQL''s clock';
comment on column render.frame_jobs.error is 'of the last attempt: code, data, crash';
CREATE INDEX frame_jobs__aged ON render.frame_jobs USING btree (payer_tenant_id, account_id, lane, engine, (
CASE
    WHEN (engine_build IS NULL) THEN ''::text
    ELSE engine_build
END), queued_at) WHERE ((state = 'pending'::text) AND ready AND (frames >= 0));
CREATE INDEX frame_jobs__expiring ON render.frame_jobs USING btree (lease_expires_at) WHERE (state = 'leased'::text);
CREATE INDEX frame_jobs__finished ON render.frame_jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);
CREATE INDEX frame_jobs__node ON render.frame_jobs USING btree (node_id, id) WHERE (state = 'leased'::text);
CREATE INDEX frame_jobs__oldest ON render.frame_jobs USING btree (engine, (
CASE
    WHEN (engine_build IS NULL) THEN ''::text
    ELSE engine_build
END), lane DESC, queued_at) WHERE ((state = 'pending'::text) AND ready AND (needed_memory_bytes >= 0));
CREATE INDEX frame_jobs__queue ON render.frame_jobs USING btree (payer_tenant_id, account_id, lane, engine, (
CASE
    WHEN (engine_build IS NULL) THEN ''::text
    ELSE engine_build
END), priority DESC, queued_at) WHERE ((state = 'pending'::text) AND ready AND (estimated_ms >= 0));
CREATE INDEX frame_jobs__render_job ON render.frame_jobs USING btree (tenant_id, render_job_id) WHERE (render_job_id IS NOT NULL);
CREATE INDEX frame_jobs__resting ON render.frame_jobs USING btree (not_before_at) WHERE ((state = 'pending'::text) AND (NOT ready));
alter table render.frame_jobs enable row level security, force row level security;
create policy own on render.frame_jobs for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.frame_jobs for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.frame_jobs to flatrender_render;
grant delete, insert, select, update on render.frame_jobs to flatrender_render_system;

-- render.frame_repair_jobs

create table render.frame_repair_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  segment_id uuid not null,
  frames integer[] not null,
  reason text not null,
  found_on_node_id uuid,
  frame_job_id uuid,
  state text not null default 'pending'::text,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint frame_repair_jobs__primary PRIMARY KEY (tenant_id, id),
  constraint frame_repair_jobs__finished CHECK (((state = ANY (ARRAY['pending'::text, 'rendering'::text])) = (finished_at IS NULL))),
  constraint frame_repair_jobs__frame_job FOREIGN KEY (tenant_id, frame_job_id) REFERENCES render.frame_jobs(tenant_id, id) ON DELETE SET NULL (frame_job_id),
  constraint frame_repair_jobs__frames CHECK (((cardinality(frames) > 0) AND (array_position(frames, NULL::integer) IS NULL) AND (0 <= ALL (frames)))),
  constraint frame_repair_jobs__segment FOREIGN KEY (tenant_id, segment_id) REFERENCES render.segments(tenant_id, id) ON DELETE CASCADE,
  constraint frame_repair_jobs__states CHECK ((state = ANY (ARRAY['pending'::text, 'rendering'::text, 'repaired'::text, 'failed'::text, 'cancelled'::text])))
);
comment on column render.frame_repair_jobs.frames is 'exactly the wrong ones, counted from the segment''s first, 0';
comment on column render.frame_repair_jobs.found_on_node_id is 'render.nodes.id; who painted them';
CREATE INDEX frame_repair_jobs__frame_job ON render.frame_repair_jobs USING btree (tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
CREATE UNIQUE INDEX frame_repair_jobs__pending_once ON render.frame_repair_jobs USING btree (tenant_id, segment_id) WHERE (state = 'pending'::text);
CREATE INDEX frame_repair_jobs__segment ON render.frame_repair_jobs USING btree (tenant_id, segment_id);
alter table render.frame_repair_jobs enable row level security, force row level security;
create policy own on render.frame_repair_jobs for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.frame_repair_jobs for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.frame_repair_jobs to flatrender_render;
grant delete, insert, select, update on render.frame_repair_jobs to flatrender_render_system;

-- render.input_pins

create table render.input_pins (
  tenant_id uuid not null,
  input_id uuid not null,
  holder_tenant_id uuid not null,
  holder_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint input_pins__primary PRIMARY KEY (tenant_id, input_id, holder_tenant_id, holder_id),
  constraint input_pins__input FOREIGN KEY (tenant_id, input_id) REFERENCES render.inputs(tenant_id, id) ON DELETE RESTRICT
);
comment on column render.input_pins.holder_tenant_id is 'identity.tenants.id; whose holder_id it is';
comment on column render.input_pins.holder_id is 'render.render_jobs.id, or render.snapshot_requests.id, or render.node_crashes.id, under holder_tenant_id; no key: the input may belong to a tenant above';
CREATE INDEX input_pins__holder ON render.input_pins USING btree (holder_tenant_id, holder_id);
alter table render.input_pins enable row level security, force row level security;
create policy own on render.input_pins for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.input_pins for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.input_pins to flatrender_render;
grant delete, insert, select, update on render.input_pins to flatrender_render_system;

-- render.inputs

create table render.inputs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  hash bytea,
  extension text not null default ''::text,
  bytes bigint,
  object_key text not null,
  state text not null default 'storing'::text,
  last_used_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  constraint inputs__primary PRIMARY KEY (tenant_id, id),
  constraint inputs__extension_shape CHECK ((extension ~ '^(\.[a-z0-9]{1,15})?$'::text)),
  constraint inputs__hash_length CHECK ((octet_length(hash) = 32)),
  constraint inputs__object_once UNIQUE (object_key),
  constraint inputs__ready CHECK (((state <> 'ready'::text) OR ((hash IS NOT NULL) AND (bytes IS NOT NULL)))),
  constraint inputs__size CHECK ((bytes > 0)),
  constraint inputs__states CHECK ((state = ANY (ARRAY['storing'::text, 'ready'::text, 'removing'::text])))
);
comment on column render.inputs.hash is 'SHA-256 of the file; null while one is fetched';
comment on column render.inputs.extension is 'with its dot, or empty';
comment on column render.inputs.state is 'the row is there before its file and after it: no file is without a row';
CREATE UNIQUE INDEX inputs__file_once ON render.inputs USING btree (tenant_id, hash, extension) WHERE (state = 'ready'::text);
CREATE INDEX inputs__least_used ON render.inputs USING btree (last_used_at);
alter table render.inputs enable row level security, force row level security;
create policy own on render.inputs for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.inputs for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.inputs to flatrender_render;
grant delete, insert, select, update on render.inputs to flatrender_render_system;

-- render.node_crashes

create table render.node_crashes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  node_id uuid not null,
  job_tenant_id uuid,
  frame_job_id uuid,
  attempt integer,
  template_version_id uuid,
  kind text not null,
  signal text,
  exit_code bigint,
  last_lines text not null default ''::text,
  piece text,
  frame integer,
  rss_bytes bigint,
  engine_build text not null,
  replay jsonb not null default '{}'::jsonb,
  crashed_at timestamp with time zone not null default now(),
  constraint node_crashes__primary PRIMARY KEY (tenant_id, id),
  constraint node_crashes__attempt_count CHECK ((attempt >= 1)),
  constraint node_crashes__attempt_once UNIQUE (tenant_id, node_id, frame_job_id, attempt),
  constraint node_crashes__frame_count CHECK ((frame >= 0)),
  constraint node_crashes__job CHECK ((num_nonnulls(job_tenant_id, frame_job_id, attempt) = ANY (ARRAY[0, 3]))),
  constraint node_crashes__kinds CHECK ((kind = ANY (ARRAY['died'::text, 'stuck'::text, 'out_of_memory'::text, 'node_lost'::text]))),
  constraint node_crashes__node FOREIGN KEY (tenant_id, node_id) REFERENCES render.nodes(tenant_id, id) ON DELETE RESTRICT,
  constraint node_crashes__replay_object CHECK ((jsonb_typeof(replay) = 'object'::text)),
  constraint node_crashes__rss_count CHECK ((rss_bytes >= 0))
);
comment on column render.node_crashes.job_tenant_id is 'identity.tenants.id; whose job it was';
comment on column render.node_crashes.frame_job_id is 'render.frame_jobs.id under job_tenant_id; not a key: the record outlives it';
comment on column render.node_crashes.template_version_id is 'content.template_versions.id';
comment on column render.node_crashes.frame is 'the frame of the piece that was being painted';
comment on column render.node_crashes.rss_bytes is 'of the worker, when last seen';
comment on column render.node_crashes.replay is 'the order as it was given; the files that it names are render.inputs, pinned by this row once they are kept';
CREATE INDEX node_crashes__job ON render.node_crashes USING btree (job_tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
CREATE INDEX node_crashes__node ON render.node_crashes USING btree (tenant_id, node_id, crashed_at DESC);
CREATE INDEX node_crashes__oldest ON render.node_crashes USING btree (crashed_at);
alter table render.node_crashes enable row level security, force row level security;
create policy own on render.node_crashes for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.node_crashes for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.node_crashes to flatrender_render;
grant delete, insert, select, update on render.node_crashes to flatrender_render_system;

-- render.node_health_logs

create table render.node_health_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  reported_at timestamp with time zone not null default now(),
  node_id uuid not null,
  state text not null,
  cpu_load numeric(5,4) not null,
  memory_used_bytes bigint not null,
  memory_total_bytes bigint not null,
  disk_used_bytes bigint not null,
  disk_total_bytes bigint not null,
  running integer not null default 0,
  constraint node_health_logs__primary PRIMARY KEY (tenant_id, reported_at, id),
  constraint node_health_logs__disk CHECK (((disk_used_bytes >= 0) AND (disk_used_bytes <= disk_total_bytes))),
  constraint node_health_logs__load_range CHECK (((cpu_load >= (0)::numeric) AND (cpu_load <= (1)::numeric))),
  constraint node_health_logs__memory CHECK (((memory_used_bytes >= 0) AND (memory_used_bytes <= memory_total_bytes))),
  constraint node_health_logs__running_count CHECK ((running >= 0))
) partition by RANGE (reported_at);
comment on column render.node_health_logs.reported_at is 'by PostgreSQL''s clock: nodes'' clocks go as they like';
comment on column render.node_health_logs.node_id is 'render.nodes.id; not a key: the log outlives it';
comment on column render.node_health_logs.state is 'nodes.state at that time';
comment on column render.node_health_logs.cpu_load is 'share of all cores';
comment on column render.node_health_logs.running is 'frame jobs under way';
CREATE INDEX node_health_logs__node ON ONLY render.node_health_logs USING btree (tenant_id, node_id, reported_at DESC);
alter table render.node_health_logs enable row level security, force row level security;
create policy own on render.node_health_logs for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.node_health_logs for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.node_health_logs to flatrender_render;
grant delete, insert, select, update on render.node_health_logs to flatrender_render_system;

-- render.node_health_logs_default

create table render.node_health_logs_default (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  reported_at timestamp with time zone not null default now(),
  node_id uuid not null,
  state text not null,
  cpu_load numeric(5,4) not null,
  memory_used_bytes bigint not null,
  memory_total_bytes bigint not null,
  disk_used_bytes bigint not null,
  disk_total_bytes bigint not null,
  running integer not null default 0,
  constraint node_health_logs__disk CHECK (((disk_used_bytes >= 0) AND (disk_used_bytes <= disk_total_bytes))),
  constraint node_health_logs__load_range CHECK (((cpu_load >= (0)::numeric) AND (cpu_load <= (1)::numeric))),
  constraint node_health_logs__memory CHECK (((memory_used_bytes >= 0) AND (memory_used_bytes <= memory_total_bytes))),
  constraint node_health_logs__running_count CHECK ((running >= 0))
);
CREATE INDEX node_health_logs_default_tenant_id_node_id_reported_at_idx ON render.node_health_logs_default USING btree (tenant_id, node_id, reported_at DESC);
alter table render.node_health_logs_default enable row level security, force row level security;
create policy own on render.node_health_logs_default for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.node_health_logs_default for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.node_health_logs_default to flatrender_render;
grant delete, insert, select, update on render.node_health_logs_default to flatrender_render_system;

-- render.node_template_cache

create table render.node_template_cache (
  tenant_id uuid not null,
  node_id uuid not null,
  template_hash bytea not null,
  bytes bigint not null,
  last_used_at timestamp with time zone not null default now(),
  constraint node_template_cache__primary PRIMARY KEY (tenant_id, node_id, template_hash),
  constraint node_template_cache__hash_length CHECK ((octet_length(template_hash) = 32)),
  constraint node_template_cache__node FOREIGN KEY (tenant_id, node_id) REFERENCES render.nodes(tenant_id, id) ON DELETE CASCADE,
  constraint node_template_cache__size CHECK ((bytes > 0))
);
comment on column render.node_template_cache.template_hash is 'the package''s content hash';
CREATE INDEX node_template_cache__least_used ON render.node_template_cache USING btree (tenant_id, node_id, last_used_at);
alter table render.node_template_cache enable row level security, force row level security;
create policy own on render.node_template_cache for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.node_template_cache for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.node_template_cache to flatrender_render;
grant delete, insert, select, update on render.node_template_cache to flatrender_render_system;

-- render.nodes

create table render.nodes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  name text not null,
  enrolment_hash bytea,
  enrolment_expires_at timestamp with time zone,
  enrolled_at timestamp with time zone,
  public_key bytea,
  version text,
  engine text,
  engine_build text,
  platform text,
  arch text,
  cores integer,
  memory_bytes bigint,
  workers integer,
  capabilities jsonb not null default '{}'::jsonb,
  only_when_idle boolean not null default false,
  takes_work boolean not null default true,
  state text not null default 'offline'::text,
  wish text not null default 'work'::text,
  reason text,
  state_changed_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone,
  last_address inet,
  recent_failures integer not null default 0,
  silence_counted boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint nodes__primary PRIMARY KEY (tenant_id, id),
  constraint nodes__capabilities_object CHECK ((jsonb_typeof(capabilities) = 'object'::text)),
  constraint nodes__does_as_wished CHECK (
CASE state
    WHEN 'online'::text THEN (wish = 'work'::text)
    WHEN 'draining'::text THEN (wish = 'drain'::text)
    WHEN 'paused'::text THEN (wish = 'pause'::text)
    ELSE true
END),
  constraint nodes__enrolled CHECK (((enrolled_at IS NULL) = (public_key IS NULL))),
  constraint nodes__enrolled_first CHECK (((state <> ALL (ARRAY['online'::text, 'draining'::text, 'paused'::text])) OR (enrolled_at IS NOT NULL))),
  constraint nodes__enrolment_expires CHECK (((enrolment_hash IS NULL) OR (enrolment_expires_at IS NOT NULL))),
  constraint nodes__enrolment_length CHECK ((octet_length(enrolment_hash) = 32)),
  constraint nodes__enrolment_once UNIQUE (enrolment_hash),
  constraint nodes__name_once UNIQUE (tenant_id, name),
  constraint nodes__public_key_length CHECK ((octet_length(public_key) = 32)),
  constraint nodes__public_key_once UNIQUE (public_key),
  constraint nodes__quarantine_reason CHECK (((state <> 'quarantined'::text) OR (reason IS NOT NULL))),
  constraint nodes__recent_range CHECK (((recent_failures >= 0) AND (recent_failures <= 1023))),
  constraint nodes__sizes CHECK (((cores > 0) AND (memory_bytes > 0) AND (workers >= 0))),
  constraint nodes__states CHECK ((state = ANY (ARRAY['offline'::text, 'online'::text, 'draining'::text, 'paused'::text, 'quarantined'::text, 'retired'::text]))),
  constraint nodes__wishes CHECK ((wish = ANY (ARRAY['work'::text, 'drain'::text, 'pause'::text])))
);
comment on column render.nodes.enrolment_hash is 'SHA-256 of the one-time token; it counts until enrolled_at or enrolment_expires_at';
comment on column render.nodes.public_key is 'Ed25519, raw: the node signs what it sends, and keeps the other half';
comment on column render.nodes.engine is 'lottie or aftereffects';
comment on column render.nodes.engine_build is 'names the code and libraries that paint and encode; part of every segment key';
comment on column render.nodes.platform is 'linux, darwin or win32';
comment on column render.nodes.capabilities is 'what else it can: fonts, codecs, plug-ins, graphics card';
comment on column render.nodes.only_when_idle is 'desktop mode: works only while nobody uses the machine';
comment on column render.nodes.takes_work is 'by its last beat: not while somebody uses the machine, its disk is full, or it is drained or paused; true again once it starts';
comment on column render.nodes.wish is 'what who runs the installation wants of it; it stands while the node is offline, until it is resumed';
comment on column render.nodes.recent_failures is 'how its last ten attempts ended, a bit each, the last one lowest; 1: it failed';
comment on column render.nodes.silence_counted is 'that it died or fell silent is among recent_failures already: it counts once, however many leases it costs, until the node is heard of';
CREATE UNIQUE INDEX nodes__id ON render.nodes USING btree (id);
CREATE TRIGGER nodes__touch BEFORE UPDATE ON render.nodes FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table render.nodes enable row level security, force row level security;
create policy own on render.nodes for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.nodes for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.nodes to flatrender_render;
grant delete, insert, select, update on render.nodes to flatrender_render_system;

-- render.output_presets

create table render.output_presets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  output jsonb not null,
  "position" integer not null default 0,
  state text not null default 'active'::text,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint output_presets__primary PRIMARY KEY (tenant_id, id),
  constraint output_presets__key_once UNIQUE (tenant_id, key),
  constraint output_presets__key_shape CHECK ((key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'::text)),
  constraint output_presets__localised CHECK ((jsonb_typeof(name) = 'object'::text)),
  constraint output_presets__output_object CHECK ((jsonb_typeof(output) = 'object'::text)),
  constraint output_presets__states CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])))
);
comment on column render.output_presets.output is 'as in render_jobs.output';
CREATE TRIGGER output_presets__touch BEFORE UPDATE ON render.output_presets FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table render.output_presets enable row level security, force row level security;
create policy added on render.output_presets for insert to flatrender_render with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on render.output_presets for update to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on render.output_presets for delete to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on render.output_presets for select to flatrender_render using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on render.output_presets for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.output_presets to flatrender_render;
grant delete, insert, select, update on render.output_presets to flatrender_render_system;

-- render.probes

create table render.probes (
  tenant_id uuid not null,
  hash bytea not null,
  state text not null default 'pending'::text,
  frame_job_id uuid,
  info jsonb,
  failure jsonb,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint probes__primary PRIMARY KEY (tenant_id, hash),
  constraint probes__failed CHECK (((state = 'failed'::text) = (failure IS NOT NULL))),
  constraint probes__finished CHECK (((state = 'pending'::text) = (finished_at IS NULL))),
  constraint probes__frame_job FOREIGN KEY (tenant_id, frame_job_id) REFERENCES render.frame_jobs(tenant_id, id) ON DELETE SET NULL (frame_job_id),
  constraint probes__hash_length CHECK ((octet_length(hash) = 32)),
  constraint probes__known CHECK (((state = 'known'::text) = (info IS NOT NULL))),
  constraint probes__objects CHECK (((jsonb_typeof(info) = 'object'::text) AND (jsonb_typeof(failure) = 'object'::text))),
  constraint probes__states CHECK ((state = ANY (ARRAY['pending'::text, 'known'::text, 'failed'::text])))
);
comment on column render.probes.hash is 'SHA-256 of the file';
comment on column render.probes.failure is 'code and data: it is no picture, video or sound';
CREATE INDEX probes__frame_job ON render.probes USING btree (tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
alter table render.probes enable row level security, force row level security;
create policy own on render.probes for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.probes for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.probes to flatrender_render;
grant delete, insert, select, update on render.probes to flatrender_render_system;

-- render.render_jobs

create table render.render_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  api_key_id uuid,
  account_id uuid not null,
  template_id uuid not null,
  template_version_id uuid not null,
  template_package jsonb not null,
  project_id uuid,
  project_revision integer,
  batch_id uuid,
  batch_row integer,
  retry_of_id uuid,
  modifications jsonb not null,
  output jsonb not null,
  output_preset_id uuid,
  metadata jsonb not null default '{}'::jsonb,
  webhook_url text,
  lane text not null default 'interactive'::text,
  priority integer not null default 0,
  running_cap integer,
  watermarked boolean not null default false,
  has_voiceover boolean not null default false,
  media jsonb not null default '{}'::jsonb,
  state text not null default 'queued'::text,
  resting boolean not null default false,
  plan_hash bytea,
  plan_object_key text,
  frames_total integer,
  frames_done integer not null default 0,
  frames_cached integer not null default 0,
  frames_repaired integer not null default 0,
  credits_quoted bigint not null default 0,
  credits_reserved bigint not null default 0,
  credits_settled bigint,
  video_ms integer not null default 0,
  warnings jsonb not null default '[]'::jsonb,
  failure_code text,
  failure_data jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  preparing_at timestamp with time zone,
  rendering_at timestamp with time zone,
  assembling_at timestamp with time zone,
  finished_at timestamp with time zone,
  emptied_at timestamp with time zone,
  constraint render_jobs__primary PRIMARY KEY (tenant_id, id),
  constraint render_jobs__all_frames CHECK (((state <> 'succeeded'::text) OR (frames_done = frames_total))),
  constraint render_jobs__batch FOREIGN KEY (tenant_id, batch_id) REFERENCES render.batches(tenant_id, id) ON DELETE RESTRICT,
  constraint render_jobs__batch_row CHECK ((((batch_id IS NULL) = (batch_row IS NULL)) AND (batch_row > 0))),
  constraint render_jobs__batch_row_once UNIQUE (tenant_id, batch_id, batch_row),
  constraint render_jobs__credits CHECK (((credits_quoted >= 0) AND (credits_reserved >= credits_quoted) AND ((credits_settled >= 0) AND (credits_settled <= credits_reserved)))),
  constraint render_jobs__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint render_jobs__finished CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
  constraint render_jobs__frames CHECK (((frames_total > 0) AND (frames_cached >= 0) AND (frames_repaired >= 0) AND (frames_cached <= frames_done) AND (frames_done <= COALESCE(frames_total, 0)))),
  constraint render_jobs__lanes CHECK ((lane = ANY (ARRAY['preview'::text, 'interactive'::text, 'batch'::text]))),
  constraint render_jobs__not_its_own CHECK ((retry_of_id <> id)),
  constraint render_jobs__objects CHECK (((jsonb_typeof(modifications) = 'object'::text) AND (jsonb_typeof(output) = 'object'::text) AND (jsonb_typeof(metadata) = 'object'::text) AND (jsonb_typeof(warnings) = 'array'::text) AND (jsonb_typeof(failure_data) = 'object'::text) AND (jsonb_typeof(template_package) = 'object'::text) AND (jsonb_typeof(media) = 'object'::text))),
  constraint render_jobs__plan_length CHECK ((octet_length(plan_hash) = 32)),
  constraint render_jobs__planned CHECK (((state <> ALL (ARRAY['rendering'::text, 'assembling'::text, 'succeeded'::text])) OR ((plan_hash IS NOT NULL) AND (plan_object_key IS NOT NULL) AND (frames_total IS NOT NULL)))),
  constraint render_jobs__project CHECK (((project_id IS NOT NULL) OR (project_revision IS NULL))),
  constraint render_jobs__resting CHECK (((NOT resting) OR (state = 'preparing'::text))),
  constraint render_jobs__retry_of FOREIGN KEY (tenant_id, retry_of_id) REFERENCES render.render_jobs(tenant_id, id) ON DELETE SET NULL (retry_of_id),
  constraint render_jobs__running_cap CHECK ((running_cap > 0)),
  constraint render_jobs__states CHECK ((state = ANY (ARRAY['queued'::text, 'preparing'::text, 'rendering'::text, 'assembling'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
  constraint render_jobs__video_length CHECK ((video_ms >= 0)),
  constraint render_jobs__webhook_shape CHECK ((webhook_url ~ '^https?://'::text))
);
comment on column render.render_jobs.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.render_jobs.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.render_jobs.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column render.render_jobs.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column render.render_jobs.template_version_id is 'content.template_versions.id';
comment on column render.render_jobs.template_package is 'where the package is stored, its hashes, and the tenant that publishes it, so that nobody is asked again';
comment on column render.render_jobs.project_id is 'studio.saved_projects.id; its modifications were taken at project_revision';
comment on column render.render_jobs.output is 'container and settings of the video, nothing left to default';
comment on column render.render_jobs.output_preset_id is 'render.output_presets.id; no key: it may be shared by a tenant above, and output says all';
comment on column render.render_jobs.metadata is 'the caller''s own: given back, and searched';
comment on column render.render_jobs.priority is 'by plan; higher goes first within account and lane';
comment on column render.render_jobs.running_cap is 'by plan: so many renders of the account are worked on at once; null: no cap';
comment on column render.render_jobs.watermarked is 'by plan: our mark lies over it';
comment on column render.render_jobs.media is 'src of the story → hash, storage key, bytes and extension of the file, once it was found';
comment on column render.render_jobs.resting is 'planning it failed by what may pass, and is tried again soon';
comment on column render.render_jobs.plan_hash is 'SHA-256 of the frozen plan';
comment on column render.render_jobs.frames_done is 'cached ones among them';
comment on column render.render_jobs.frames_repaired is 'frames painted again because they came out wrong';
comment on column render.render_jobs.credits_quoted is 'of those reserved, what was reserved at submit, under the render''s id; the rest, once media were known, under its id and :rest';
comment on column render.render_jobs.credits_settled is 'null until the end; nothing for one that failed or was cancelled';
comment on column render.render_jobs.video_ms is 'length of the video, as far as it is known: it counts among its account''s minutes of the month in which it was asked for, unless it failed or was cancelled';
comment on column render.render_jobs.failure_data is 'which scene, slot, node and crash, and what to do';
comment on column render.render_jobs.emptied_at is 'what was given for it is gone since then, with its owner';
CREATE INDEX render_jobs__batch_open ON render.render_jobs USING btree (tenant_id, batch_id, id) WHERE ((batch_id IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'preparing'::text, 'rendering'::text, 'assembling'::text])));
CREATE INDEX render_jobs__metadata ON render.render_jobs USING gin (metadata jsonb_path_ops);
CREATE INDEX render_jobs__month ON render.render_jobs USING btree (tenant_id, account_id, created_at) INCLUDE (video_ms) WHERE (state <> ALL (ARRAY['failed'::text, 'cancelled'::text]));
CREATE INDEX render_jobs__newest ON render.render_jobs USING btree (tenant_id, created_at DESC);
CREATE INDEX render_jobs__open ON render.render_jobs USING btree (tenant_id, account_id, state) WHERE (state = ANY (ARRAY['queued'::text, 'preparing'::text, 'rendering'::text, 'assembling'::text]));
CREATE INDEX render_jobs__owner ON render.render_jobs USING btree (tenant_id, owner_id, created_at DESC);
CREATE INDEX render_jobs__project ON render.render_jobs USING btree (tenant_id, project_id, created_at DESC) WHERE (project_id IS NOT NULL);
CREATE INDEX render_jobs__queue ON render.render_jobs USING btree (state, created_at) WHERE (state = ANY (ARRAY['queued'::text, 'preparing'::text]));
CREATE INDEX render_jobs__retries ON render.render_jobs USING btree (tenant_id, retry_of_id) WHERE (retry_of_id IS NOT NULL);
CREATE INDEX render_jobs__template ON render.render_jobs USING btree (tenant_id, template_id, created_at DESC);
CREATE TRIGGER render_jobs__touch BEFORE UPDATE ON render.render_jobs FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table render.render_jobs enable row level security, force row level security;
create policy own on render.render_jobs for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.render_jobs for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.render_jobs to flatrender_render;
grant delete, insert, select, update on render.render_jobs to flatrender_render_system;

-- render.segment_pins

create table render.segment_pins (
  tenant_id uuid not null,
  segment_id uuid not null,
  job_tenant_id uuid not null,
  render_job_id uuid not null,
  frames integer not null,
  created_at timestamp with time zone not null default now(),
  constraint segment_pins__primary PRIMARY KEY (tenant_id, segment_id, job_tenant_id, render_job_id),
  constraint segment_pins__frames_count CHECK ((frames >= 0)),
  constraint segment_pins__segment FOREIGN KEY (tenant_id, segment_id) REFERENCES render.segments(tenant_id, id) ON DELETE RESTRICT
);
comment on column render.segment_pins.job_tenant_id is 'identity.tenants.id; whose render it is';
comment on column render.segment_pins.render_job_id is 'render.render_jobs.id under job_tenant_id; no key: the segment may belong to a tenant above';
comment on column render.segment_pins.frames is 'of the render''s timeline; a segment may stand in it several times';
CREATE INDEX segment_pins__render_job ON render.segment_pins USING btree (job_tenant_id, render_job_id);
alter table render.segment_pins enable row level security, force row level security;
create policy own on render.segment_pins for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.segment_pins for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.segment_pins to flatrender_render;
grant delete, insert, select, update on render.segment_pins to flatrender_render_system;

-- render.segments

create table render.segments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key bytea not null,
  frames integer not null,
  arch text not null,
  engine_build text not null,
  state text not null default 'missing'::text,
  frame_job_id uuid,
  object_key text,
  bytes bigint,
  hash bytea,
  verified_at timestamp with time zone,
  last_used_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  constraint segments__primary PRIMARY KEY (tenant_id, id),
  constraint segments__frame_job FOREIGN KEY (tenant_id, frame_job_id) REFERENCES render.frame_jobs(tenant_id, id) ON DELETE SET NULL (frame_job_id),
  constraint segments__frames_count CHECK ((frames >= 0)),
  constraint segments__hash_length CHECK ((octet_length(hash) = 32)),
  constraint segments__key_length CHECK ((octet_length(key) = 32)),
  constraint segments__key_once UNIQUE (tenant_id, key),
  constraint segments__size CHECK ((bytes > 0)),
  constraint segments__states CHECK ((state = ANY (ARRAY['missing'::text, 'rendering'::text, 'verified'::text, 'lost'::text, 'evicted'::text]))),
  constraint segments__verified CHECK (((state <> 'verified'::text) OR ((object_key IS NOT NULL) AND (bytes IS NOT NULL) AND (hash IS NOT NULL) AND (verified_at IS NOT NULL))))
);
comment on column render.segments.key is 'the segment key, SHA-256; of a mixed sound its own';
comment on column render.segments.frames is 'a mixed sound has none';
comment on column render.segments.frame_job_id is 'what paints it now, or did last';
comment on column render.segments.object_key is 'named before the upload and cleared once the object is gone: no object is without a row';
comment on column render.segments.hash is 'SHA-256 of the object: kept when it is lost or evicted, for what is painted again has the same bits';
CREATE INDEX segments__frame_job ON render.segments USING btree (tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
CREATE INDEX segments__least_used ON render.segments USING btree (last_used_at) WHERE (state = 'verified'::text);
CREATE INDEX segments__left_over ON render.segments USING btree (last_used_at) WHERE ((state = ANY (ARRAY['missing'::text, 'lost'::text, 'evicted'::text])) AND (object_key IS NOT NULL));
CREATE INDEX segments__object ON render.segments USING btree (object_key) WHERE (object_key IS NOT NULL);
alter table render.segments enable row level security, force row level security;
create policy own on render.segments for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.segments for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.segments to flatrender_render;
grant delete, insert, select, update on render.segments to flatrender_render_system;

-- render.snapshot_requests

create table render.snapshot_requests (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  api_key_id uuid,
  account_id uuid not null,
  request_key bytea not null,
  request jsonb not null,
  width integer not null,
  height integer not null,
  format text not null,
  state text not null default 'preparing'::text,
  snapshot_id uuid,
  failure_code text,
  failure_data jsonb,
  preparing_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  constraint snapshot_requests__primary PRIMARY KEY (tenant_id, id),
  constraint snapshot_requests__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint snapshot_requests__formats CHECK ((format = ANY (ARRAY['png'::text, 'webp'::text]))),
  constraint snapshot_requests__key_length CHECK ((octet_length(request_key) = 32)),
  constraint snapshot_requests__objects CHECK (((jsonb_typeof(request) = 'object'::text) AND (jsonb_typeof(failure_data) = 'object'::text))),
  constraint snapshot_requests__once UNIQUE (tenant_id, request_key),
  constraint snapshot_requests__painting CHECK (((state = 'painting'::text) = (snapshot_id IS NOT NULL))),
  constraint snapshot_requests__sizes CHECK (((width > 0) AND (height > 0))),
  constraint snapshot_requests__snapshot FOREIGN KEY (tenant_id, snapshot_id) REFERENCES render.snapshots(tenant_id, id) ON DELETE CASCADE,
  constraint snapshot_requests__states CHECK ((state = ANY (ARRAY['preparing'::text, 'painting'::text, 'failed'::text])))
);
comment on column render.snapshot_requests.owner_id is 'identity.users.id; null for one made by a program';
comment on column render.snapshot_requests.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.snapshot_requests.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column render.snapshot_requests.request_key is 'SHA-256 of who asks, and of all that was asked';
comment on column render.snapshot_requests.request is 'all that compiling takes, so that nobody is asked again';
comment on column render.snapshot_requests.state is 'painting: how far the picture is, snapshots say';
CREATE INDEX snapshot_requests__least_used ON render.snapshot_requests USING btree (last_used_at);
CREATE INDEX snapshot_requests__open ON render.snapshot_requests USING btree (tenant_id, account_id) WHERE (state = 'preparing'::text);
CREATE INDEX snapshot_requests__snapshot ON render.snapshot_requests USING btree (tenant_id, snapshot_id) WHERE (snapshot_id IS NOT NULL);
alter table render.snapshot_requests enable row level security, force row level security;
create policy own on render.snapshot_requests for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.snapshot_requests for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.snapshot_requests to flatrender_render;
grant delete, insert, select, update on render.snapshot_requests to flatrender_render_system;

-- render.snapshots

create table render.snapshots (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  cache_key bytea not null,
  template_version_id uuid not null,
  scene text not null,
  frame integer not null,
  width integer not null,
  height integer not null,
  format text not null default 'png'::text,
  state text not null default 'pending'::text,
  frame_job_id uuid,
  object_key text,
  bytes bigint,
  hash bytea,
  failure_code text,
  failure_data jsonb,
  last_used_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  constraint snapshots__primary PRIMARY KEY (tenant_id, id),
  constraint snapshots__cache_key_length CHECK ((octet_length(cache_key) = 32)),
  constraint snapshots__cache_key_once UNIQUE (tenant_id, cache_key),
  constraint snapshots__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint snapshots__failure_object CHECK ((jsonb_typeof(failure_data) = 'object'::text)),
  constraint snapshots__formats CHECK ((format = ANY (ARRAY['png'::text, 'webp'::text]))),
  constraint snapshots__frame_job FOREIGN KEY (tenant_id, frame_job_id) REFERENCES render.frame_jobs(tenant_id, id) ON DELETE SET NULL (frame_job_id),
  constraint snapshots__hash_length CHECK ((octet_length(hash) = 32)),
  constraint snapshots__ready CHECK (((state <> 'ready'::text) OR ((object_key IS NOT NULL) AND (bytes IS NOT NULL) AND (hash IS NOT NULL)))),
  constraint snapshots__sizes CHECK (((frame >= 0) AND (width > 0) AND (height > 0) AND (bytes > 0))),
  constraint snapshots__states CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text, 'evicted'::text])))
);
comment on column render.snapshots.cache_key is 'SHA-256 of all that can change a bit of it: compiled scene, frame, size, format, engine build';
comment on column render.snapshots.template_version_id is 'content.template_versions.id';
CREATE INDEX snapshots__frame_job ON render.snapshots USING btree (tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
CREATE INDEX snapshots__least_used ON render.snapshots USING btree (last_used_at) WHERE (state = 'ready'::text);
CREATE INDEX snapshots__object ON render.snapshots USING btree (object_key) WHERE (object_key IS NOT NULL);
CREATE INDEX snapshots__pending ON render.snapshots USING btree (tenant_id, id) WHERE (state = 'pending'::text);
alter table render.snapshots enable row level security, force row level security;
create policy own on render.snapshots for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.snapshots for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.snapshots to flatrender_render;
grant delete, insert, select, update on render.snapshots to flatrender_render_system;

-- render.spot_checks

create table render.spot_checks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  segment_id uuid not null,
  frame_job_id uuid,
  first_node_id uuid not null,
  second_node_id uuid,
  first_hash bytea not null,
  second_hash bytea,
  outcome text not null default 'pending'::text,
  largest_difference integer,
  odd_node_id uuid,
  created_at timestamp with time zone not null default now(),
  checked_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint spot_checks__primary PRIMARY KEY (tenant_id, id),
  constraint spot_checks__checked CHECK (((outcome = ANY (ARRAY['pending'::text, 'abandoned'::text])) OR (num_nonnulls(second_node_id, second_hash, checked_at) = 3))),
  constraint spot_checks__difference_range CHECK (((largest_difference >= 0) AND (largest_difference <= 255))),
  constraint spot_checks__frame_job FOREIGN KEY (tenant_id, frame_job_id) REFERENCES render.frame_jobs(tenant_id, id) ON DELETE SET NULL (frame_job_id),
  constraint spot_checks__hash_lengths CHECK (((octet_length(first_hash) = 32) AND (octet_length(second_hash) = 32))),
  constraint spot_checks__odd_one CHECK (((odd_node_id IS NULL) OR ((outcome = 'different'::text) AND ((odd_node_id = first_node_id) OR (odd_node_id = second_node_id))))),
  constraint spot_checks__other_node CHECK ((second_node_id <> first_node_id)),
  constraint spot_checks__outcomes CHECK ((outcome = ANY (ARRAY['pending'::text, 'same'::text, 'within_tolerance'::text, 'different'::text, 'abandoned'::text]))),
  constraint spot_checks__same CHECK (((outcome <> 'same'::text) OR (first_hash = second_hash))),
  constraint spot_checks__segment FOREIGN KEY (tenant_id, segment_id) REFERENCES render.segments(tenant_id, id) ON DELETE CASCADE
);
comment on column render.spot_checks.first_node_id is 'render.nodes.id';
comment on column render.spot_checks.second_node_id is 'render.nodes.id';
comment on column render.spot_checks.outcome is 'within an architecture hashes are compared, across architectures pictures: those may differ within a tolerance';
comment on column render.spot_checks.largest_difference is 'of any cell of a frame''s thumbprint, of 255; null where hashes decided';
comment on column render.spot_checks.odd_node_id is 'render.nodes.id; the one that was quarantined, once a third told which';
comment on column render.spot_checks.closed_at is 'when the case that a difference opens was settled';
CREATE INDEX spot_checks__cases ON render.spot_checks USING btree (id DESC) WHERE (outcome = 'different'::text);
CREATE INDEX spot_checks__frame_job ON render.spot_checks USING btree (tenant_id, frame_job_id) WHERE (frame_job_id IS NOT NULL);
CREATE INDEX spot_checks__newest ON render.spot_checks USING btree (id DESC);
CREATE INDEX spot_checks__segment ON render.spot_checks USING btree (tenant_id, segment_id);
alter table render.spot_checks enable row level security, force row level security;
create policy own on render.spot_checks for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.spot_checks for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.spot_checks to flatrender_render;
grant delete, insert, select, update on render.spot_checks to flatrender_render_system;

-- render.tenant_shares

create table render.tenant_shares (
  tenant_id uuid not null,
  weight integer not null default 100,
  virtual_ms double precision not null default 0,
  owed_ms double precision not null default 0,
  pending_preview integer not null default 0,
  pending_interactive integer not null default 0,
  pending_batch integer not null default 0,
  running integer not null default 0,
  best_lane smallint,
  worst_lane smallint,
  burst_lane smallint,
  constraint tenant_shares__primary PRIMARY KEY (tenant_id),
  constraint tenant_shares__counts CHECK (((pending_preview >= 0) AND (pending_interactive >= 0) AND (pending_batch >= 0) AND (running >= 0))),
  constraint tenant_shares__weight_range CHECK ((weight > 0))
);
comment on column render.tenant_shares.virtual_ms is 'work had, divided by weight; who comes back after a rest starts from the least of the others, so that rest isn''t saved up';
comment on column render.tenant_shares.owed_ms is 'work that took longer than was charged, or less: charged with the next. Apart, for virtual_ms is in an index';
comment on column render.tenant_shares.pending_preview is 'frame jobs that may be leased; counted, so that a lease never looks through all that waits';
comment on column render.tenant_shares.best_lane is 'the highest lane of its accounts below their caps; null: none has work';
comment on column render.tenant_shares.worst_lane is 'the lowest of the same';
comment on column render.tenant_shares.burst_lane is 'the highest lane of accounts below cap and burst';
CREATE INDEX tenant_shares__burst ON render.tenant_shares USING btree (burst_lane, virtual_ms) WHERE (burst_lane IS NOT NULL);
CREATE INDEX tenant_shares__last ON render.tenant_shares USING btree (worst_lane DESC, virtual_ms) WHERE (worst_lane IS NOT NULL);
CREATE INDEX tenant_shares__next ON render.tenant_shares USING btree (best_lane, virtual_ms) WHERE (best_lane IS NOT NULL);
alter table render.tenant_shares enable row level security, force row level security;
create policy own on render.tenant_shares for all to flatrender_render using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on render.tenant_shares for all to flatrender_render_system using (true) with check (true);
grant delete, insert, select, update on render.tenant_shares to flatrender_render;
grant delete, insert, select, update on render.tenant_shares to flatrender_render_system;

-- Functions of file_mgr

CREATE OR REPLACE FUNCTION file_mgr.refuse_over_quota()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.used_bytes + new.reserved_bytes + new.export_bytes > new.limit_bytes
    and new.used_bytes + new.reserved_bytes > old.used_bytes + old.reserved_bytes then
    raise exception 'quota of account % is used up', new.account_id
      using errcode = 'check_violation', constraint = 'quotas__limit', schema = 'file_mgr', table = 'quotas';
  end if;
  return new;
end
$function$
;

-- file_mgr.cleanup_runs

create table file_mgr.cleanup_runs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  schedule_id uuid,
  target text not null,
  dry_run boolean not null default false,
  state text not null default 'running'::text,
  files_deleted integer not null default 0,
  freed_bytes bigint not null default 0,
  error text,
  started_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint cleanup_runs__primary PRIMARY KEY (tenant_id, id),
  constraint cleanup_runs__counts CHECK (((files_deleted >= 0) AND (freed_bytes >= 0))),
  constraint cleanup_runs__failed CHECK (((state = 'failed'::text) = (error IS NOT NULL))),
  constraint cleanup_runs__finished CHECK (((state = 'running'::text) = (finished_at IS NULL))),
  constraint cleanup_runs__schedule FOREIGN KEY (tenant_id, schedule_id) REFERENCES file_mgr.cleanup_schedules(tenant_id, id) ON DELETE SET NULL (schedule_id),
  constraint cleanup_runs__states CHECK ((state = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text])))
);
comment on column file_mgr.cleanup_runs.schedule_id is 'null: asked for by hand, or the schedule is gone';
CREATE INDEX cleanup_runs__newest ON file_mgr.cleanup_runs USING btree (tenant_id, started_at DESC);
CREATE UNIQUE INDEX cleanup_runs__running_once ON file_mgr.cleanup_runs USING btree (tenant_id, schedule_id) WHERE (state = 'running'::text);
CREATE INDEX cleanup_runs__schedule ON file_mgr.cleanup_runs USING btree (tenant_id, schedule_id, started_at DESC) WHERE (schedule_id IS NOT NULL);
alter table file_mgr.cleanup_runs enable row level security, force row level security;
create policy own on file_mgr.cleanup_runs for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.cleanup_runs for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.cleanup_runs to flatrender_file;
grant delete, insert, select, update on file_mgr.cleanup_runs to flatrender_file_system;

-- file_mgr.cleanup_schedules

create table file_mgr.cleanup_schedules (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  name text not null,
  target text not null,
  kind text,
  older_than_days integer not null,
  cron text not null,
  enabled boolean not null default true,
  next_run_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint cleanup_schedules__primary PRIMARY KEY (tenant_id, id),
  constraint cleanup_schedules__age CHECK ((older_than_days >= 0)),
  constraint cleanup_schedules__kinds CHECK ((kind = ANY (ARRAY['picture'::text, 'video'::text, 'sound'::text, 'font'::text, 'template'::text, 'export'::text, 'other'::text]))),
  constraint cleanup_schedules__name_once UNIQUE (tenant_id, name),
  constraint cleanup_schedules__targets CHECK ((target = ANY (ARRAY['bin'::text, 'uploads'::text, 'versions'::text, 'rejected'::text, 'exports'::text, 'unused'::text])))
);
comment on column file_mgr.cleanup_schedules.target is 'unused: files that nobody refers to. A file that somebody refers to stays, whatever its age';
comment on column file_mgr.cleanup_schedules.kind is 'of file; null: all';
comment on column file_mgr.cleanup_schedules.cron is 'five fields, UTC';
CREATE INDEX cleanup_schedules__due ON file_mgr.cleanup_schedules USING btree (next_run_at) WHERE enabled;
CREATE TRIGGER cleanup_schedules__touch BEFORE UPDATE ON file_mgr.cleanup_schedules FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table file_mgr.cleanup_schedules enable row level security, force row level security;
create policy own on file_mgr.cleanup_schedules for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.cleanup_schedules for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.cleanup_schedules to flatrender_file;
grant delete, insert, select, update on file_mgr.cleanup_schedules to flatrender_file_system;

-- file_mgr.file_references

create table file_mgr.file_references (
  tenant_id uuid not null,
  file_id uuid not null,
  service text not null,
  noun text not null,
  used_by_tenant_id uuid not null,
  used_by_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint file_references__primary PRIMARY KEY (tenant_id, file_id, service, noun, used_by_tenant_id, used_by_id),
  constraint file_references__file FOREIGN KEY (tenant_id, file_id) REFERENCES file_mgr.files(tenant_id, id) ON DELETE RESTRICT,
  constraint file_references__noun_shape CHECK ((noun ~ '^[a-z]+(_[a-z]+)*$'::text)),
  constraint file_references__service_shape CHECK ((service ~ '^[a-z]+$'::text))
);
comment on column file_mgr.file_references.noun is 'the table, in the service''s schema';
comment on column file_mgr.file_references.used_by_tenant_id is 'identity.tenants.id; a tenant below may use what is shared with it';
comment on column file_mgr.file_references.used_by_id is 'the id of a row of the table that service and noun name';
CREATE INDEX file_references__used_by ON file_mgr.file_references USING btree (used_by_tenant_id, service, noun, used_by_id);
alter table file_mgr.file_references enable row level security, force row level security;
create policy own on file_mgr.file_references for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.file_references for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.file_references to flatrender_file;
grant delete, insert, select, update on file_mgr.file_references to flatrender_file_system;

-- file_mgr.file_versions

create table file_mgr.file_versions (
  tenant_id uuid not null,
  file_id uuid not null,
  version integer not null,
  media_type text not null,
  bytes bigint not null,
  hash bytea not null,
  object_key text not null,
  probe jsonb,
  author_id uuid,
  created_at timestamp with time zone not null default now(),
  constraint file_versions__primary PRIMARY KEY (tenant_id, file_id, version),
  constraint file_versions__file FOREIGN KEY (tenant_id, file_id) REFERENCES file_mgr.files(tenant_id, id) ON DELETE RESTRICT,
  constraint file_versions__hash_length CHECK ((octet_length(hash) = 32)),
  constraint file_versions__size CHECK ((bytes >= 0)),
  constraint file_versions__version_count CHECK ((version >= 1))
);
comment on column file_mgr.file_versions.author_id is 'identity.users.id, who may be gone; who brought it; null for a program';
comment on column file_mgr.file_versions.created_at is 'when it was replaced';
CREATE INDEX file_versions__object ON file_mgr.file_versions USING btree (object_key);
alter table file_mgr.file_versions enable row level security, force row level security;
create policy own on file_mgr.file_versions for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.file_versions for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.file_versions to flatrender_file;
grant delete, insert, select, update on file_mgr.file_versions to flatrender_file_system;

-- file_mgr.files

create table file_mgr.files (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  account_id uuid not null,
  folder_id uuid,
  name text not null,
  kind text not null default 'other'::text,
  media_type text not null default 'application/octet-stream'::text,
  version integer not null default 1,
  bytes bigint not null default 0,
  hash bytea,
  object_key text,
  probe jsonb,
  state text not null default 'uploading'::text,
  rejection_code text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint files__primary PRIMARY KEY (tenant_id, id),
  constraint files__deleted CHECK (((state <> 'deleted'::text) OR ((deleted_at IS NOT NULL) AND (object_key IS NULL)))),
  constraint files__folder FOREIGN KEY (tenant_id, folder_id) REFERENCES file_mgr.folders(tenant_id, id) ON DELETE RESTRICT,
  constraint files__hash_length CHECK ((octet_length(hash) = 32)),
  constraint files__kinds CHECK ((kind = ANY (ARRAY['picture'::text, 'video'::text, 'sound'::text, 'font'::text, 'template'::text, 'export'::text, 'other'::text]))),
  constraint files__media_type_shape CHECK ((media_type ~ '^[a-z0-9.+-]+/[a-z0-9.+*-]+$'::text)),
  constraint files__name_shape CHECK ((((length(name) >= 1) AND (length(name) <= 255)) AND (name !~ '[/\\[:cntrl:]]'::text))),
  constraint files__probe_object CHECK ((jsonb_typeof(probe) = 'object'::text)),
  constraint files__rejected CHECK (((state = 'rejected'::text) = (rejection_code IS NOT NULL))),
  constraint files__size CHECK ((bytes >= 0)),
  constraint files__states CHECK ((state = ANY (ARRAY['uploading'::text, 'scanning'::text, 'ready'::text, 'rejected'::text, 'deleted'::text]))),
  constraint files__stored CHECK (((state <> ALL (ARRAY['scanning'::text, 'ready'::text])) OR ((object_key IS NOT NULL) AND (hash IS NOT NULL)))),
  constraint files__version_count CHECK ((version >= 1))
);
comment on column file_mgr.files.owner_id is 'identity.users.id, who may be gone; null: the tenant''s own';
comment on column file_mgr.files.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone; whose quota it counts in';
comment on column file_mgr.files.media_type is 'as the upload said, until a scan has found out';
comment on column file_mgr.files.hash is 'SHA-256 of the content';
comment on column file_mgr.files.probe is 'what a node found out: size, duration, streams; null before';
comment on column file_mgr.files.state is 'deleted: the content is gone, the row stays for those who ask after it';
comment on column file_mgr.files.deleted_at is 'in the bin since';
CREATE INDEX files__bin ON file_mgr.files USING btree (deleted_at) WHERE ((deleted_at IS NOT NULL) AND (state <> 'deleted'::text));
CREATE INDEX files__folder ON file_mgr.files USING btree (tenant_id, folder_id, created_at DESC);
CREATE INDEX files__hash ON file_mgr.files USING btree (tenant_id, hash);
CREATE INDEX files__kind ON file_mgr.files USING btree (tenant_id, owner_id, kind, created_at DESC) WHERE (deleted_at IS NULL);
CREATE INDEX files__newest ON file_mgr.files USING btree (tenant_id, owner_id, created_at DESC) WHERE (deleted_at IS NULL);
CREATE INDEX files__object ON file_mgr.files USING btree (object_key);
CREATE INDEX files__unfinished ON file_mgr.files USING btree (created_at) WHERE (state = ANY (ARRAY['uploading'::text, 'scanning'::text]));
CREATE TRIGGER files__touch BEFORE UPDATE ON file_mgr.files FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table file_mgr.files enable row level security, force row level security;
create policy own on file_mgr.files for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.files for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.files to flatrender_file;
grant delete, insert, select, update on file_mgr.files to flatrender_file_system;

-- file_mgr.folders

create table file_mgr.folders (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  parent_id uuid,
  name citext not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint folders__primary PRIMARY KEY (tenant_id, id),
  constraint folders__name_once UNIQUE NULLS NOT DISTINCT (tenant_id, owner_id, parent_id, name),
  constraint folders__name_shape CHECK ((((length((name)::text) >= 1) AND (length((name)::text) <= 255)) AND (name !~ '[/\\[:cntrl:]]'::citext))),
  constraint folders__not_its_own CHECK ((parent_id <> id)),
  constraint folders__parent FOREIGN KEY (tenant_id, parent_id) REFERENCES file_mgr.folders(tenant_id, id) ON DELETE RESTRICT
);
comment on column file_mgr.folders.owner_id is 'identity.users.id; null: the tenant''s own';
CREATE INDEX folders__children ON file_mgr.folders USING btree (tenant_id, parent_id);
CREATE TRIGGER folders__touch BEFORE UPDATE ON file_mgr.folders FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table file_mgr.folders enable row level security, force row level security;
create policy own on file_mgr.folders for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.folders for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.folders to flatrender_file;
grant delete, insert, select, update on file_mgr.folders to flatrender_file_system;

-- file_mgr.quotas

create table file_mgr.quotas (
  tenant_id uuid not null,
  account_id uuid not null,
  limit_bytes bigint,
  used_bytes bigint not null default 0,
  reserved_bytes bigint not null default 0,
  export_bytes bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint quotas__primary PRIMARY KEY (tenant_id, account_id),
  constraint quotas__sizes CHECK (((limit_bytes >= 0) AND (used_bytes >= 0) AND (reserved_bytes >= 0) AND (export_bytes >= 0)))
);
comment on column file_mgr.quotas.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column file_mgr.quotas.limit_bytes is 'null: none. What is used may lie above it once a plan shrinks, so a trigger refuses additions in place of a check';
comment on column file_mgr.quotas.export_bytes is 'of finished videos: they are paid for and never refused, but whoever is above the limit by them uploads nothing more';
CREATE TRIGGER quotas__limit BEFORE UPDATE ON file_mgr.quotas FOR EACH ROW EXECUTE FUNCTION file_mgr.refuse_over_quota();
CREATE TRIGGER quotas__touch BEFORE UPDATE ON file_mgr.quotas FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table file_mgr.quotas enable row level security, force row level security;
create policy own on file_mgr.quotas for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.quotas for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.quotas to flatrender_file;
grant delete, insert, select, update on file_mgr.quotas to flatrender_file_system;

-- file_mgr.upload_sessions

create table file_mgr.upload_sessions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  file_id uuid not null,
  owner_id uuid,
  account_id uuid not null,
  protocol text not null,
  offset_bytes bigint not null default 0,
  length_bytes bigint,
  reserved_bytes bigint not null default 0,
  part_bytes bigint,
  parts jsonb not null default '[]'::jsonb,
  object_key text not null,
  storage_upload text,
  expected_hash bytea,
  state text not null default 'open'::text,
  failure_code text,
  expires_at timestamp with time zone not null default (now() + '24:00:00'::interval),
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint upload_sessions__primary PRIMARY KEY (tenant_id, id),
  constraint upload_sessions__failed CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  constraint upload_sessions__file FOREIGN KEY (tenant_id, file_id) REFERENCES file_mgr.files(tenant_id, id) ON DELETE RESTRICT,
  constraint upload_sessions__finished CHECK (((state = ANY (ARRAY['open'::text, 'completing'::text])) = (finished_at IS NULL))),
  constraint upload_sessions__hash_length CHECK ((octet_length(expected_hash) = 32)),
  constraint upload_sessions__parts_array CHECK ((jsonb_typeof(parts) = 'array'::text)),
  constraint upload_sessions__protocols CHECK ((protocol = ANY (ARRAY['single'::text, 'multipart'::text, 'tus'::text]))),
  constraint upload_sessions__sizes CHECK (((offset_bytes >= 0) AND (length_bytes >= offset_bytes) AND (reserved_bytes >= 0) AND (part_bytes > 0))),
  constraint upload_sessions__states CHECK ((state = ANY (ARRAY['open'::text, 'completing'::text, 'completed'::text, 'failed'::text, 'aborted'::text, 'expired'::text]))),
  constraint upload_sessions__whole CHECK (((state <> 'completed'::text) OR ((length_bytes IS NOT NULL) AND (offset_bytes = length_bytes))))
);
comment on column file_mgr.upload_sessions.owner_id is 'identity.users.id, who may be gone; null for a program';
comment on column file_mgr.upload_sessions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone; whose quota reserved_bytes are taken from';
comment on column file_mgr.upload_sessions.length_bytes is 'null: not told yet, as tus allows';
comment on column file_mgr.upload_sessions.parts is 'of a multipart upload: number, bytes, hash and the storage''s tag of each that has come';
comment on column file_mgr.upload_sessions.storage_upload is 'the storage''s own name for its multipart upload';
CREATE INDEX upload_sessions__expiring ON file_mgr.upload_sessions USING btree (expires_at) WHERE (state = ANY (ARRAY['open'::text, 'completing'::text]));
CREATE INDEX upload_sessions__file ON file_mgr.upload_sessions USING btree (tenant_id, file_id);
CREATE TRIGGER upload_sessions__touch BEFORE UPDATE ON file_mgr.upload_sessions FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table file_mgr.upload_sessions enable row level security, force row level security;
create policy own on file_mgr.upload_sessions for all to flatrender_file using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on file_mgr.upload_sessions for all to flatrender_file_system using (true) with check (true);
grant delete, insert, select, update on file_mgr.upload_sessions to flatrender_file;
grant delete, insert, select, update on file_mgr.upload_sessions to flatrender_file_system;

-- notification.deliveries

create table notification.deliveries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  event_id uuid not null,
  user_id uuid,
  notification_id uuid,
  channel text not null,
  type text not null,
  language text not null,
  recipient_hash bytea,
  sealed_recipient bytea,
  sealed_payload bytea,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone,
  provider text,
  provider_message_id text,
  error text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint deliveries__primary PRIMARY KEY (tenant_id, id),
  constraint deliveries__addressed CHECK (((state <> 'pending'::text) OR (channel = ANY (ARRAY['in_app'::text, 'push'::text])) OR (num_nonnulls(recipient_hash, sealed_recipient) = 2))),
  constraint deliveries__attempts_count CHECK ((attempts >= 0)),
  constraint deliveries__channels CHECK ((channel = ANY (ARRAY['in_app'::text, 'push'::text, 'email'::text, 'sms'::text, 'telegram'::text]))),
  constraint deliveries__due CHECK (((state = 'pending'::text) = (next_attempt_at IS NOT NULL))),
  constraint deliveries__failed CHECK (((state <> 'failed'::text) OR (error IS NOT NULL))),
  constraint deliveries__finished CHECK (((state = 'pending'::text) = (finished_at IS NULL))),
  constraint deliveries__hash_length CHECK ((octet_length(recipient_hash) = 32)),
  constraint deliveries__notification FOREIGN KEY (tenant_id, notification_id) REFERENCES notification.notifications(tenant_id, id) ON DELETE SET NULL (notification_id),
  constraint deliveries__once UNIQUE NULLS NOT DISTINCT (tenant_id, event_id, user_id, channel),
  constraint deliveries__secrets_emptied CHECK (((state = 'pending'::text) OR (num_nonnulls(sealed_recipient, sealed_payload) = 0))),
  constraint deliveries__states CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text, 'suppressed'::text])))
);
comment on column notification.deliveries.event_id is 'platform.events.id; gone after 30 days';
comment on column notification.deliveries.user_id is 'identity.users.id, who may be gone; null for somebody who is none yet, such as who is invited';
comment on column notification.deliveries.channel is 'push goes to all devices of the user as one';
comment on column notification.deliveries.recipient_hash is 'SHA-256 of the address as in suppressions.hash';
comment on column notification.deliveries.sealed_recipient is 'AES-256-GCM under the secret key: the address; emptied at the end';
comment on column notification.deliveries.sealed_payload is 'AES-256-GCM under the secret key: what fills the template, tokens in links among it; emptied at the end';
comment on column notification.deliveries.provider_message_id is 'the provider''s own: bounces name it';
CREATE INDEX deliveries__due ON notification.deliveries USING btree (next_attempt_at) WHERE (state = 'pending'::text);
CREATE INDEX deliveries__newest ON notification.deliveries USING btree (tenant_id, created_at DESC);
CREATE INDEX deliveries__notification ON notification.deliveries USING btree (tenant_id, notification_id) WHERE (notification_id IS NOT NULL);
CREATE INDEX deliveries__provider_message ON notification.deliveries USING btree (provider, provider_message_id) WHERE (provider_message_id IS NOT NULL);
CREATE INDEX deliveries__user ON notification.deliveries USING btree (tenant_id, user_id, created_at DESC);
CREATE TRIGGER deliveries__touch BEFORE UPDATE ON notification.deliveries FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table notification.deliveries enable row level security, force row level security;
create policy own on notification.deliveries for all to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on notification.deliveries for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.deliveries to flatrender_notification;
grant delete, insert, select, update on notification.deliveries to flatrender_notification_system;

-- notification.notification_preferences

create table notification.notification_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  channel text not null,
  type text not null,
  enabled boolean not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint notification_preferences__primary PRIMARY KEY (tenant_id, user_id, channel, type),
  constraint notification_preferences__channels CHECK ((channel = ANY (ARRAY['in_app'::text, 'push'::text, 'email'::text, 'sms'::text, 'telegram'::text]))),
  constraint notification_preferences__type_shape CHECK ((type ~ '^[a-z]+(\.[a-z_]+)+$'::text))
);
comment on column notification.notification_preferences.user_id is 'identity.users.id';
comment on column notification.notification_preferences.type is 'the event''s type';
CREATE TRIGGER notification_preferences__touch BEFORE UPDATE ON notification.notification_preferences FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table notification.notification_preferences enable row level security, force row level security;
create policy own on notification.notification_preferences for all to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on notification.notification_preferences for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.notification_preferences to flatrender_notification;
grant delete, insert, select, update on notification.notification_preferences to flatrender_notification_system;

-- notification.notification_templates

create table notification.notification_templates (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  channel text not null,
  language text not null,
  subject text,
  body text not null,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint notification_templates__primary PRIMARY KEY (tenant_id, id),
  constraint notification_templates__channels CHECK ((channel = ANY (ARRAY['in_app'::text, 'push'::text, 'email'::text, 'sms'::text, 'telegram'::text]))),
  constraint notification_templates__key_once UNIQUE (tenant_id, key, channel, language),
  constraint notification_templates__key_shape CHECK ((key ~ '^[a-z]+(\.[a-z_]+)+$'::text)),
  constraint notification_templates__language_shape CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'::text)),
  constraint notification_templates__subject CHECK (((channel = ANY (ARRAY['sms'::text, 'telegram'::text])) OR (subject IS NOT NULL)))
);
comment on column notification.notification_templates.key is 'as a rule the event''s type';
CREATE TRIGGER notification_templates__touch BEFORE UPDATE ON notification.notification_templates FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table notification.notification_templates enable row level security, force row level security;
create policy added on notification.notification_templates for insert to flatrender_notification with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy changed on notification.notification_templates for update to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy removed on notification.notification_templates for delete to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy shown on notification.notification_templates for select to flatrender_notification using (((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR (shared AND (tenant_id = ANY (( SELECT platform.visible_tenants() AS visible_tenants)::uuid[])))));
create policy system on notification.notification_templates for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.notification_templates to flatrender_notification;
grant delete, insert, select, update on notification.notification_templates to flatrender_notification_system;

-- notification.notifications

create table notification.notifications (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  event_id uuid not null,
  type text not null,
  payload jsonb not null,
  read_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint notifications__primary PRIMARY KEY (tenant_id, id),
  constraint notifications__event_once UNIQUE (tenant_id, event_id, user_id, type),
  constraint notifications__localised CHECK ((COALESCE(jsonb_typeof((payload -> 'title'::text)), ''::text) = 'object'::text)),
  constraint notifications__type_shape CHECK ((type ~ '^[a-z]+(\.[a-z_]+)+$'::text))
);
comment on column notification.notifications.user_id is 'identity.users.id';
comment on column notification.notifications.event_id is 'platform.events.id; of what is told; gone after 30 days';
comment on column notification.notifications.payload is 'title and body by language, link, and ids of what it is about';
CREATE INDEX notifications__newest ON notification.notifications USING btree (tenant_id, user_id, created_at DESC);
CREATE INDEX notifications__unread ON notification.notifications USING btree (tenant_id, user_id) WHERE (read_at IS NULL);
alter table notification.notifications enable row level security, force row level security;
create policy own on notification.notifications for all to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on notification.notifications for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.notifications to flatrender_notification;
grant delete, insert, select, update on notification.notifications to flatrender_notification_system;

-- notification.suppressions

create table notification.suppressions (
  tenant_id uuid not null,
  channel text not null,
  hash bytea not null,
  reason text not null,
  created_at timestamp with time zone not null default now(),
  constraint suppressions__primary PRIMARY KEY (tenant_id, channel, hash),
  constraint suppressions__channels CHECK ((channel = ANY (ARRAY['push'::text, 'email'::text, 'sms'::text, 'telegram'::text]))),
  constraint suppressions__hash_length CHECK ((octet_length(hash) = 32)),
  constraint suppressions__reasons CHECK ((reason = ANY (ARRAY['bounce'::text, 'complaint'::text, 'unsubscribe'::text])))
);
comment on column notification.suppressions.hash is 'SHA-256 of the address: an e-mail in lower case, a number in E.164';
alter table notification.suppressions enable row level security, force row level security;
create policy own on notification.suppressions for all to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on notification.suppressions for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.suppressions to flatrender_notification;
grant delete, insert, select, update on notification.suppressions to flatrender_notification_system;

-- notification.telegram_links

create table notification.telegram_links (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  hash bytea,
  expires_at timestamp with time zone,
  chat_id bigint,
  linked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint telegram_links__primary PRIMARY KEY (tenant_id, id),
  constraint telegram_links__hash_length CHECK ((octet_length(hash) = 32)),
  constraint telegram_links__hash_once UNIQUE (hash),
  constraint telegram_links__linked CHECK (((linked_at IS NULL) = (chat_id IS NULL))),
  constraint telegram_links__token CHECK ((((hash IS NULL) = (expires_at IS NULL)) AND ((hash IS NOT NULL) OR (linked_at IS NOT NULL)))),
  constraint telegram_links__user_once UNIQUE (tenant_id, user_id)
);
comment on column notification.telegram_links.user_id is 'identity.users.id';
comment on column notification.telegram_links.hash is 'SHA-256 of the one-time token; null once it was used';
comment on column notification.telegram_links.chat_id is 'Telegram''s';
CREATE INDEX telegram_links__chat ON notification.telegram_links USING btree (chat_id) WHERE (chat_id IS NOT NULL);
CREATE TRIGGER telegram_links__touch BEFORE UPDATE ON notification.telegram_links FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();
alter table notification.telegram_links enable row level security, force row level security;
create policy own on notification.telegram_links for all to flatrender_notification using ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)));
create policy system on notification.telegram_links for all to flatrender_notification_system using (true) with check (true);
grant delete, insert, select, update on notification.telegram_links to flatrender_notification;
grant delete, insert, select, update on notification.telegram_links to flatrender_notification_system;
