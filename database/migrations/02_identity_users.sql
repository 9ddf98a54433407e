-- Users and all by which they prove who they are: roles, sessions, factors, tokens, foreign accounts; and the audit log.

-- A person in one tenant: the same e-mail in another tenant is another user.
-- Deleted, the row stays, emptied, for what points to it, and the e-mail is free again.
create table identity.users (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  email citext,
  email_verified_at timestamptz,
  password_hash text,
  password_changed_at timestamptz,
  requires_mfa boolean not null default false,
  name text not null default '',
  avatar_file_id uuid,
  language text not null default 'en',
  time_zone text not null default 'UTC',
  state text not null default 'active',
  suspended_at timestamptz,
  suspended_reason text,
  deleted_at timestamptz,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users__primary primary key (tenant_id, id),
  constraint users__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint users__email_once unique (tenant_id, email),
  constraint users__states check (state in ('active', 'suspended', 'deleted')),
  constraint users__suspended check ((state = 'suspended') = (suspended_at is not null)),
  constraint users__deleted check ((state = 'deleted') = (deleted_at is not null)),
  constraint users__email_kept check ((state = 'deleted') = (email is null)),
  constraint users__emptied check (
    state <> 'deleted' or (name = '' and password_hash is null and email_verified_at is null and avatar_file_id is null)
  ),
  constraint users__email_shape check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
  constraint users__password_hash_shape check (password_hash like '$argon2id$%'),
  constraint users__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$')
);
comment on column identity.users.password_hash is 'Argon2id, encoded; null: logs in by a foreign account or a mailed link alone';
comment on column identity.users.requires_mfa is 'demanded by an admin: without a factor, login leads to setting one up';
comment on column identity.users.avatar_file_id is 'file_mgr.files.id';
comment on column identity.users.time_zone is 'IANA name';
create index users__newest on identity.users (tenant_id, created_at desc);
-- Whose access tokens must not be believed any more is asked every few seconds.
create index users__suspended_newest on identity.users (suspended_at) where suspended_at is not null;
create index users__deleted_newest on identity.users (deleted_at) where deleted_at is not null;
create trigger users__touch before update on identity.users
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.users');

create table identity.roles (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  permissions text[] not null default '{}',
  built_in boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint roles__primary primary key (tenant_id, id),
  constraint roles__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint roles__key_once unique (tenant_id, key),
  constraint roles__key_shape check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint roles__built_ins check (built_in = (key in ('owner', 'admin', 'designer', 'support', 'member'))),
  constraint roles__name_localised check (jsonb_typeof(name) = 'object')
);
comment on column identity.roles.built_in is 'every tenant gets these five; they can''t be removed';
create trigger roles__touch before update on identity.roles
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.roles');

create table identity.user_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  created_at timestamptz not null default now(),
  constraint user_roles__primary primary key (tenant_id, user_id, role_id),
  constraint user_roles__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint user_roles__role foreign key (tenant_id, role_id) references identity.roles (tenant_id, id) on delete cascade
);
create index user_roles__holders on identity.user_roles (tenant_id, role_id);
select platform.own_rows('identity.user_roles');

-- A login on a device, and the family of its refresh tokens: revoked together.
create table identity.sessions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  device text not null default '',
  address inet,
  user_agent text,
  methods text[] not null,
  proven_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  created_at timestamptz not null default now(),
  constraint sessions__primary primary key (tenant_id, id),
  constraint sessions__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint sessions__method_kinds check (
    methods <@ array['password', 'totp', 'webauthn', 'recovery_code', 'oauth', 'mailed_link'] and cardinality(methods) > 0
  ),
  constraint sessions__reasons check (
    revoked_reason in ('logout', 'revoked', 'token_reused', 'password_changed', 'user_suspended', 'user_deleted')
  ),
  constraint sessions__revoked check ((revoked_at is null) = (revoked_reason is null))
);
comment on column identity.sessions.methods is 'by what its user proved who they are';
comment on column identity.sessions.proven_at is 'when last: dangerous acts ask again once it is too long ago';
-- Every failed login asks whether its user ever came from that address.
create index sessions__of_user on identity.sessions (tenant_id, user_id);
create index sessions__user_open on identity.sessions (tenant_id, user_id, last_seen_at desc) where revoked_at is null;
create index sessions__revoked_newest on identity.sessions (revoked_at) where revoked_at is not null;
create index sessions__expiring on identity.sessions (expires_at);
select platform.own_rows('identity.sessions');

-- A session's tokens, one after the other. One used again after its successor was used gives the family away.
create table identity.refresh_tokens (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  session_id uuid not null,
  generation int not null default 1,
  turn int not null default 1,
  hash bytea not null,
  used_at timestamptz,
  replaced_by int,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint refresh_tokens__primary primary key (tenant_id, id),
  constraint refresh_tokens__session foreign key (tenant_id, session_id)
    references identity.sessions (tenant_id, id) on delete cascade,
  constraint refresh_tokens__hash_once unique (hash),
  constraint refresh_tokens__generation_once unique (tenant_id, session_id, generation),
  constraint refresh_tokens__successor foreign key (tenant_id, session_id, replaced_by)
    references identity.refresh_tokens (tenant_id, session_id, generation) on delete set null (replaced_by),
  constraint refresh_tokens__hash_length check (octet_length(hash) = 32),
  constraint refresh_tokens__generation_count check (generation >= 1),
  constraint refresh_tokens__turn_count check (turn between 1 and generation),
  constraint refresh_tokens__replaced check (replaced_by is null or (replaced_by > generation and used_at is not null))
);
comment on column identity.refresh_tokens.hash is 'SHA-256 of the token: it is long and random, so no slow hash is needed';
comment on column identity.refresh_tokens.turn is 'how many uses it is away from the login; once one token of a turn is used, all of it are';
comment on column identity.refresh_tokens.replaced_by is 'generation of its successor';
select platform.own_rows('identity.refresh_tokens');

-- What signs access tokens. The platform's, so without a tenant; the public halves are the JWKS.
create table identity.signing_keys (
  kid text not null,
  algorithm text not null default 'EdDSA',
  public_jwk jsonb not null,
  sealed_private_key bytea,
  state text not null default 'next',
  not_before_at timestamptz not null default now(),
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  constraint signing_keys__primary primary key (kid),
  constraint signing_keys__algorithms check (algorithm in ('EdDSA')),
  constraint signing_keys__states check (state in ('next', 'active', 'retired')),
  constraint signing_keys__retired check ((state = 'retired') = (retired_at is not null)),
  constraint signing_keys__signs check (state = 'retired' or sealed_private_key is not null),
  constraint signing_keys__public_half check (jsonb_typeof(public_jwk) = 'object' and not public_jwk ? 'd')
);
comment on column identity.signing_keys.sealed_private_key is 'AES-256-GCM under the secret key; dropped when it retires';
comment on column identity.signing_keys.not_before_at is 'published before it signs, so that nobody meets a key that they don''t know';
comment on column identity.signing_keys.retired_at is 'still published until the last token it signed has expired';
create unique index signing_keys__one_each on identity.signing_keys (state) where state in ('next', 'active');
-- No tenant, no rows: only the system role sees them.
revoke all on identity.signing_keys from flatrender_identity;
alter table identity.signing_keys enable row level security;
alter table identity.signing_keys force row level security;
create policy system on identity.signing_keys to flatrender_identity_system using (true) with check (true);

create table identity.mfa_factors (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  kind text not null,
  name text not null default '',
  sealed_secret bytea,
  last_step bigint,
  credential_id bytea,
  public_key bytea,
  sign_count bigint,
  transports text[],
  verified_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  constraint mfa_factors__primary primary key (tenant_id, id),
  constraint mfa_factors__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint mfa_factors__credential_once unique (tenant_id, credential_id),
  constraint mfa_factors__kinds check (kind in ('totp', 'webauthn')),
  constraint mfa_factors__totp check ((kind = 'totp') = (sealed_secret is not null) and (kind = 'totp' or last_step is null)),
  constraint mfa_factors__webauthn check (
    num_nonnulls(credential_id, public_key, sign_count, transports) = case kind when 'webauthn' then 4 else 0 end
  ),
  constraint mfa_factors__sign_count_range check (sign_count between 0 and 4294967295)
);
comment on column identity.mfa_factors.sealed_secret is 'AES-256-GCM under the secret key';
comment on column identity.mfa_factors.last_step is 'the time step of the last code taken: none is taken twice';
comment on column identity.mfa_factors.credential_id is 'the authenticator''s name for it';
comment on column identity.mfa_factors.public_key is 'COSE';
comment on column identity.mfa_factors.sign_count is 'one that falls back tells of a copied authenticator';
comment on column identity.mfa_factors.verified_at is 'it counts from its first right answer on';
create index mfa_factors__of_user on identity.mfa_factors (tenant_id, user_id);
select platform.own_rows('identity.mfa_factors');

create table identity.recovery_codes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  hash bytea not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  constraint recovery_codes__primary primary key (tenant_id, id),
  constraint recovery_codes__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint recovery_codes__hash_once unique (tenant_id, user_id, hash),
  constraint recovery_codes__hash_length check (octet_length(hash) = 32)
);
select platform.own_rows('identity.recovery_codes');

-- What a user was sent or handed to come back with, once: by mail, or between the steps of a login.
create table identity.user_tokens (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  purpose text not null,
  hash bytea not null,
  data jsonb not null default '{}',
  failures int not null default 0,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint user_tokens__primary primary key (tenant_id, id),
  constraint user_tokens__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint user_tokens__hash_once unique (hash),
  constraint user_tokens__hash_length check (octet_length(hash) = 32),
  constraint user_tokens__purposes check (purpose in ('verify_email', 'change_email', 'reset_password', 'magic_link', 'mfa', 'webauthn')),
  constraint user_tokens__failures_count check (failures >= 0)
);
comment on column identity.user_tokens.purpose is 'mfa: the password was right, a factor is due; webauthn: an authenticator is asked';
comment on column identity.user_tokens.data is 'what the purpose needs, without secrets: the address to change to, a WebAuthn challenge';
comment on column identity.user_tokens.failures is 'wrong codes tried with it';
create index user_tokens__open on identity.user_tokens (tenant_id, user_id, purpose) where used_at is null;
create index user_tokens__expiring on identity.user_tokens (expires_at);
select platform.own_rows('identity.user_tokens');

create table identity.oauth_providers (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  kind text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  sealed_client_secret bytea,
  scopes text[] not null default '{openid,email,profile}',
  trusts_email boolean not null default true,
  redirect_uris text[] not null default '{}',
  state text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint oauth_providers__primary primary key (tenant_id, id),
  constraint oauth_providers__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint oauth_providers__key_once unique (tenant_id, key),
  constraint oauth_providers__key_shape check (key ~ '^[a-z][a-z0-9-]{0,62}$'),
  constraint oauth_providers__kinds check (kind in ('oidc', 'github')),
  constraint oauth_providers__states check (state in ('active', 'paused')),
  constraint oauth_providers__issuer_shape check (issuer ~ '^https?://')
);
comment on column identity.oauth_providers.key is 'its name in the address of the login';
comment on column identity.oauth_providers.issuer is 'for GitHub, where it stands';
comment on column identity.oauth_providers.client_id is 'the provider''s name for us';
comment on column identity.oauth_providers.sealed_client_secret is 'AES-256-GCM under the secret key; null for a public client (PKCE)';
comment on column identity.oauth_providers.trusts_email is 'an e-mail that it calls verified is so for us';
comment on column identity.oauth_providers.redirect_uris is 'pages that people may be sent back to, beside those of the tenant''s own origins';
create trigger oauth_providers__touch before update on identity.oauth_providers
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.oauth_providers');

-- An account elsewhere by which a user logs in; what the provider lets us ask of it is forgotten after that. A provider that still has some is paused, not removed.
create table identity.oauth_accounts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  email citext,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint oauth_accounts__primary primary key (tenant_id, id),
  constraint oauth_accounts__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint oauth_accounts__provider foreign key (tenant_id, provider_id)
    references identity.oauth_providers (tenant_id, id) on delete restrict,
  constraint oauth_accounts__subject_once unique (tenant_id, provider_id, subject),
  constraint oauth_accounts__provider_once unique (tenant_id, user_id, provider_id)
);
comment on column identity.oauth_accounts.subject is 'the provider''s id of the person: an e-mail may change hands';
create trigger oauth_accounts__touch before update on identity.oauth_accounts
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.oauth_accounts');

-- A login at a provider that has begun: what the browser comes back with is held against it, once.
create table identity.oauth_logins (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  provider_id uuid not null,
  user_id uuid,
  state_hash bytea not null,
  handle_hash bytea not null,
  redirect_uri text not null,
  sealed_secrets bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint oauth_logins__primary primary key (tenant_id, id),
  constraint oauth_logins__provider foreign key (tenant_id, provider_id)
    references identity.oauth_providers (tenant_id, id) on delete cascade,
  constraint oauth_logins__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint oauth_logins__state_once unique (state_hash),
  constraint oauth_logins__hash_lengths check (octet_length(state_hash) = 32 and octet_length(handle_hash) = 32)
);
comment on column identity.oauth_logins.user_id is 'who links an account to their own; null for a login';
comment on column identity.oauth_logins.state_hash is 'SHA-256 of what goes by the provider and comes back';
comment on column identity.oauth_logins.handle_hash is 'SHA-256 of what stays with the browser that began';
comment on column identity.oauth_logins.sealed_secrets is 'AES-256-GCM under the secret key: PKCE verifier and nonce';
create index oauth_logins__expiring on identity.oauth_logins (expires_at);
select platform.own_rows('identity.oauth_logins');

-- A browser that takes push messages (RFC 8030): whoever used it last gets them.
create table identity.push_subscriptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  endpoint text not null,
  p256dh bytea not null,
  sealed_auth bytea not null,
  user_agent text,
  failures int not null default 0,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint push_subscriptions__primary primary key (tenant_id, id),
  constraint push_subscriptions__user foreign key (tenant_id, user_id)
    references identity.users (tenant_id, id) on delete cascade,
  constraint push_subscriptions__endpoint_once unique (tenant_id, endpoint),
  constraint push_subscriptions__endpoint_shape check (endpoint ~ '^https?://' and length(endpoint) <= 2000),
  constraint push_subscriptions__p256dh_length check (octet_length(p256dh) = 65),
  constraint push_subscriptions__failures_count check (failures >= 0)
);
comment on column identity.push_subscriptions.p256dh is 'the browser''s public key, an uncompressed point of P-256';
comment on column identity.push_subscriptions.sealed_auth is 'AES-256-GCM under the secret key: the browser''s authentication secret';
create index push_subscriptions__of_user on identity.push_subscriptions (tenant_id, user_id);
create trigger push_subscriptions__touch before update on identity.push_subscriptions
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.push_subscriptions');

create table identity.invitations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  email citext not null,
  role_id uuid not null,
  hash bytea not null,
  invited_by_id uuid,
  user_id uuid,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint invitations__primary primary key (tenant_id, id),
  constraint invitations__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint invitations__role foreign key (tenant_id, role_id) references identity.roles (tenant_id, id) on delete cascade,
  constraint invitations__user foreign key (tenant_id, user_id)
    references identity.users (tenant_id, id) on delete set null (user_id),
  constraint invitations__hash_once unique (hash),
  constraint invitations__hash_length check (octet_length(hash) = 32),
  constraint invitations__email_shape check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
  constraint invitations__ended_once check (accepted_at is null or revoked_at is null),
  constraint invitations__accepted check (user_id is null or accepted_at is not null)
);
comment on column identity.invitations.invited_by_id is 'identity.users.id; not a key: a reseller''s user may invite into a customer''s tenant';
comment on column identity.invitations.user_id is 'who accepted';
-- Whoever is invited again gets the same invitation with a new token.
create unique index invitations__open_once on identity.invitations (tenant_id, email)
  where accepted_at is null and revoked_at is null;
select platform.own_rows('identity.invitations');

-- Failed logins, counted by account, by address, and by the two together. A guesser is held off by address and pair;
-- counts of the account and of the address hold off only who never logged in from there, so nobody locks an owner out.
-- Not logged: a crash forgives.
create unlogged table identity.login_throttles (
  tenant_id uuid not null,
  kind text not null,
  hash bytea not null,
  failures float8 not null default 1,
  failed_at timestamptz not null default now(),
  next_attempt_at timestamptz,
  constraint login_throttles__primary primary key (tenant_id, kind, hash),
  constraint login_throttles__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint login_throttles__kinds check (kind in ('account', 'address', 'pair')),
  constraint login_throttles__hash_length check (octet_length(hash) = 32),
  constraint login_throttles__failures_count check (failures >= 1)
);
comment on column identity.login_throttles.hash is 'SHA-256 of e-mail, address (/64 of IPv6) or both; unknown e-mails count alike';
comment on column identity.login_throttles.failures is 'at failed_at; half as many six hours later';
comment on column identity.login_throttles.next_attempt_at is 'refused until then';
create index login_throttles__oldest on identity.login_throttles (failed_at);
select platform.own_rows('identity.login_throttles');

-- The mails that an address was sent lately, by what they are for, so that nobody floods a mailbox. Addresses that are
-- nobody's count alike. Not logged: a crash forgives.
create unlogged table identity.mail_throttles (
  tenant_id uuid not null,
  purpose text not null,
  hash bytea not null,
  mailed timestamptz[] not null,
  mailed_at timestamptz not null default now(),
  constraint mail_throttles__primary primary key (tenant_id, purpose, hash),
  constraint mail_throttles__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint mail_throttles__purposes check (
    purpose in ('verify_email', 'registration_repeated', 'reset_password', 'invitation')
  ),
  constraint mail_throttles__hash_length check (octet_length(hash) = 32)
);
comment on column identity.mail_throttles.hash is 'SHA-256 of the e-mail address in lower case';
comment on column identity.mail_throttles.mailed is 'when, in the last hour before mailed_at';
comment on column identity.mail_throttles.mailed_at is 'when last';
create index mail_throttles__oldest on identity.mail_throttles (mailed_at);
select platform.own_rows('identity.mail_throttles');

-- Who did what, where it matters later.
create table identity.audit_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  happened_at timestamptz not null default now(),
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
  constraint audit_logs__primary primary key (tenant_id, id),
  constraint audit_logs__tenant foreign key (tenant_id) references identity.tenants (id) on delete restrict,
  constraint audit_logs__actor_kinds check (actor_kind in ('user', 'key', 'system')),
  constraint audit_logs__actor_known check ((actor_kind = 'system') = (actor_id is null)),
  constraint audit_logs__acting_other check (acting_tenant_id <> tenant_id),
  constraint audit_logs__action_shape check (action ~ '^[a-z]+(\.[a-z_]+)+$')
);
comment on column identity.audit_logs.actor_id is 'identity.users.id or identity.tenant_api_keys.id; not a key: the log outlives it';
comment on column identity.audit_logs.acting_tenant_id is 'identity.tenants.id; the actor''s own, where a reseller acts in a customer''s tenant';
comment on column identity.audit_logs.subject is 'id of the row that it was done to';
comment on column identity.audit_logs.before is 'the fields that changed; no secrets, and nothing that a deleted user may want gone';
create index audit_logs__newest on identity.audit_logs (tenant_id, happened_at desc);
create index audit_logs__actor_newest on identity.audit_logs (tenant_id, actor_id, happened_at desc);
create index audit_logs__action_newest on identity.audit_logs (tenant_id, action, happened_at desc);
create index audit_logs__subject_newest on identity.audit_logs (tenant_id, subject, happened_at desc);
-- Append-only, but for one thing: where a deleted user was goes with them, and their id stays. A job of the system role takes
-- address and user agent away within a day; the trigger lets no other change pass, and none about anybody who is there.
create function identity.refuse_audit_change() returns trigger
language plpgsql as $$
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
$$;
create trigger audit_logs__append_only before update or delete on identity.audit_logs
  for each row execute function identity.refuse_audit_change();
revoke update, delete on identity.audit_logs from flatrender_identity, flatrender_identity_system;
grant update (address, user_agent) on identity.audit_logs to flatrender_identity_system;
select platform.own_rows('identity.audit_logs');

select platform.record_migration('02_identity_users');
