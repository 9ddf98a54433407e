-- Tenants and what hangs off them: branding, API keys, webhooks, usage. `identity.tenants` is the root of everything.

-- A tree: the platform, its resellers, their customers. A team is a customer.
create table identity.tenants (
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  kind text not null,
  slug citext not null,
  name text not null,
  state text not null default 'active',
  language text not null default 'en',
  currency text not null default 'USD',
  bills text not null default 'tenant',
  suspended_at timestamptz,
  suspended_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenants__primary primary key (id),
  constraint tenants__slug_once unique (slug),
  constraint tenants__parent foreign key (parent_id) references identity.tenants (id) on delete restrict,
  constraint tenants__kinds check (kind in ('platform', 'reseller', 'customer')),
  constraint tenants__states check (state in ('active', 'suspended', 'closed')),
  constraint tenants__billings check (bills in ('tenant', 'user')),
  constraint tenants__root check ((kind = 'platform') = (parent_id is null)),
  constraint tenants__suspended check ((state = 'suspended') = (suspended_at is not null)),
  constraint tenants__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint tenants__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint tenants__currency_shape check (currency ~ '^[A-Z]{3}$')
);
comment on column identity.tenants.bills is 'who has plan, credits and quota: the tenant, or each of its users';
create index tenants__children on identity.tenants (parent_id);
create trigger tenants__touch before update on identity.tenants
  for each row execute function platform.touch_updated_at();

-- The one table whose own id is the tenant. A tenant sees itself and those right below it. Its place in the tree, its
-- state and who pays are not its own to change: they decide what it sees, so the system role alone writes them.
alter table identity.tenants enable row level security;
alter table identity.tenants force row level security;
create policy own on identity.tenants for select to flatrender_identity
  using (id = (select platform.current_tenant()) or parent_id = (select platform.current_tenant()));
create policy changed on identity.tenants for update to flatrender_identity
  using (id = (select platform.current_tenant())) with check (id = (select platform.current_tenant()));
revoke insert, update, delete on identity.tenants from flatrender_identity;
grant update (name, language, updated_at) on identity.tenants to flatrender_identity;
create policy system on identity.tenants to flatrender_identity_system using (true) with check (true);

-- White label: domain, logo, colours, mail sender, legal pages.
create table identity.tenant_branding (
  tenant_id uuid not null,
  domain citext,
  domain_token text,
  domain_verified_at timestamptz,
  domain_seen_at timestamptz,
  domain_missed_at timestamptz,
  logo_file_id uuid,
  icon_file_id uuid,
  colors jsonb not null default '{}',
  mail_sender_name text,
  mail_sender_address citext,
  terms_url text,
  privacy_url text,
  support_url text,
  hides_platform boolean not null default false,
  allowed_origins text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenant_branding__primary primary key (tenant_id),
  constraint tenant_branding__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint tenant_branding__domain_shape check (domain ~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}|xn--[a-z0-9-]*[a-z0-9])$'),
  constraint tenant_branding__domain_proof check (
    (domain is null) = (domain_token is null) and (domain_verified_at is null or domain is not null)
  )
);
comment on column identity.tenant_branding.domain_token is 'what the domain''s TXT record must say; the domain counts only once it was seen';
comment on column identity.tenant_branding.domain_seen_at is 'when the record was last found';
comment on column identity.tenant_branding.domain_missed_at is 'when it was first looked for in vain since; a week later it takes the proof with it';
comment on column identity.tenant_branding.allowed_origins is 'whose pages may call the API from a browser, beside those of the proven domain: https://app.example.com';
comment on column identity.tenant_branding.logo_file_id is 'file_mgr.files.id';
comment on column identity.tenant_branding.icon_file_id is 'file_mgr.files.id';
-- A domain is one tenant's, from its proof on; before, many may ask for it.
create unique index tenant_branding__domain_once on identity.tenant_branding (domain) where domain_verified_at is not null;
create trigger tenant_branding__touch before update on identity.tenant_branding
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.tenant_branding');

create table identity.tenant_api_keys (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null default '{}',
  allowed_addresses cidr[] not null default '{}',
  expires_at timestamptz,
  last_used_at timestamptz,
  last_used_address inet,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint tenant_api_keys__primary primary key (tenant_id, id),
  constraint tenant_api_keys__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint tenant_api_keys__hash_once unique (hash),
  constraint tenant_api_keys__hash_length check (octet_length(hash) = 32)
);
comment on column identity.tenant_api_keys.owner_id is 'identity.users.id; who made it; null for one made by a program';
comment on column identity.tenant_api_keys.prefix is 'the part that is shown: fr_live_ and eight letters';
comment on column identity.tenant_api_keys.hash is 'SHA-256 of the whole key: it is long and random, so no slow hash is needed';
comment on column identity.tenant_api_keys.allowed_addresses is 'none: from anywhere';
create index tenant_api_keys__revoked_newest on identity.tenant_api_keys (revoked_at) where revoked_at is not null;
select platform.own_rows('identity.tenant_api_keys');

-- Where a tenant is told of its events; and, of the kind 'renders', by what it is signed that goes to addresses of renders.
create table identity.tenant_webhooks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null default 'endpoint',
  url text,
  description text not null default '',
  event_types text[] not null default '{}',
  sealed_secret bytea not null,
  state text not null default 'active',
  failures int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenant_webhooks__primary primary key (tenant_id, id),
  constraint tenant_webhooks__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint tenant_webhooks__kinds check (kind in ('endpoint', 'renders')),
  constraint tenant_webhooks__addressed check ((kind = 'renders') = (url is null)),
  constraint tenant_webhooks__states check (state in ('active', 'paused', 'failing')),
  constraint tenant_webhooks__failures_count check (failures >= 0),
  constraint tenant_webhooks__url_shape check (url ~ '^https?://')
);
comment on column identity.tenant_webhooks.kind is 'renders: what goes to the address that a render names; one for each tenant, made when it is first needed';
comment on column identity.tenant_webhooks.event_types is 'none: all';
comment on column identity.tenant_webhooks.sealed_secret is 'AES-256-GCM under the secret key: it signs what is delivered';
comment on column identity.tenant_webhooks.failures is 'tries that failed since the last that did not';
create unique index tenant_webhooks__renders_once on identity.tenant_webhooks (tenant_id) where kind = 'renders';
create trigger tenant_webhooks__touch before update on identity.tenant_webhooks
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.tenant_webhooks');

-- A row for each try, the one to come too.
create table identity.tenant_webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  url text,
  payload text not null,
  attempt int not null,
  state text not null default 'pending',
  response_status int,
  response_excerpt text,
  error text,
  duration_ms int,
  next_attempt_at timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint tenant_webhook_deliveries__primary primary key (tenant_id, id),
  constraint tenant_webhook_deliveries__webhook foreign key (tenant_id, webhook_id)
    references identity.tenant_webhooks (tenant_id, id) on delete cascade,
  constraint tenant_webhook_deliveries__attempt_once unique (tenant_id, webhook_id, event_id, attempt),
  constraint tenant_webhook_deliveries__attempt_count check (attempt >= 1),
  constraint tenant_webhook_deliveries__states check (state in ('pending', 'delivered', 'failed', 'abandoned'))
);
comment on column identity.tenant_webhook_deliveries.event_id is 'platform.events.id, which may be gone; of a test nobody''s';
comment on column identity.tenant_webhook_deliveries.url is 'that the render named; null: the webhook''s';
comment on column identity.tenant_webhook_deliveries.payload is 'the body, to the letter: it is signed';
comment on column identity.tenant_webhook_deliveries.next_attempt_at is 'of a pending one: when it is tried, or tried again if whoever tries it now dies over it';
create index tenant_webhook_deliveries__due on identity.tenant_webhook_deliveries (next_attempt_at) where state = 'pending';
create index tenant_webhook_deliveries__old on identity.tenant_webhook_deliveries (created_at);
create index tenant_webhook_deliveries__newest on identity.tenant_webhook_deliveries (tenant_id, webhook_id, created_at desc);
select platform.own_rows('identity.tenant_webhook_deliveries');

-- Metering, a row a day; counted in the transaction that is metered.
create table identity.tenant_usage_daily (
  tenant_id uuid not null,
  day date not null,
  account_id uuid not null,
  api_requests bigint not null default 0,
  renders int not null default 0,
  render_seconds numeric(14, 3) not null default 0,
  credits_spent bigint not null default 0,
  storage_bytes bigint not null default 0,
  egress_bytes bigint not null default 0,
  constraint tenant_usage_daily__primary primary key (tenant_id, day, account_id),
  constraint tenant_usage_daily__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint tenant_usage_daily__counts check (
    api_requests >= 0 and renders >= 0 and render_seconds >= 0 and credits_spent >= 0
    and storage_bytes >= 0 and egress_bytes >= 0
  )
);
comment on column identity.tenant_usage_daily.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.tenant_usage_daily.render_seconds is 'length of the videos rendered';
select platform.own_rows('identity.tenant_usage_daily');

create table identity.tenant_api_request_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  requested_at timestamptz not null default now(),
  request_id text not null,
  api_key_id uuid,
  user_id uuid,
  method text not null,
  route text not null,
  status int not null,
  duration_ms int not null,
  request_bytes bigint not null default 0,
  response_bytes bigint not null default 0,
  address inet,
  error_code text,
  constraint tenant_api_request_logs__primary primary key (tenant_id, requested_at, id),
  constraint tenant_api_request_logs__status_range check (status between 100 and 599)
) partition by range (requested_at);
comment on column identity.tenant_api_request_logs.api_key_id is 'identity.tenant_api_keys.id; not a key: the log outlives it';
comment on column identity.tenant_api_request_logs.user_id is 'identity.users.id; not a key: the log outlives it';
comment on column identity.tenant_api_request_logs.route is 'the route''s pattern, without the ids in it';
create table identity.tenant_api_request_logs_default partition of identity.tenant_api_request_logs default;
create table identity.tenant_api_request_logs_2026_01 partition of identity.tenant_api_request_logs
  for values from ('2026-01-01 00:00:00+00') to ('2026-02-01 00:00:00+00');
select platform.own_rows('identity.tenant_api_request_logs');
select platform.own_rows('identity.tenant_api_request_logs_default');
select platform.own_rows('identity.tenant_api_request_logs_2026_01');
select platform.ensure_month_partitions('identity.tenant_api_request_logs');

select platform.record_migration('01_identity_tenants');
