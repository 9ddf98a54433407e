-- What people are told, by which channel, and whether it reached them.

-- A message in the app.
create table notification.notifications (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  event_id uuid not null,
  type text not null,
  payload jsonb not null,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  constraint notifications__primary primary key (tenant_id, id),
  constraint notifications__event_once unique (tenant_id, event_id, user_id, type),
  constraint notifications__type_shape check (type ~ '^[a-z]+(\.[a-z_]+)+$'),
  constraint notifications__localised check (coalesce(jsonb_typeof(payload -> 'title'), '') = 'object')
);
comment on column notification.notifications.user_id is 'identity.users.id';
comment on column notification.notifications.event_id is 'platform.events.id; of what is told; gone after 30 days';
comment on column notification.notifications.payload is 'title and body by language, link, and ids of what it is about';
create index notifications__newest on notification.notifications (tenant_id, user_id, created_at desc);
create index notifications__unread on notification.notifications (tenant_id, user_id) where read_at is null;
select platform.own_rows('notification.notifications');

-- One message to one person by one channel, tried until it is sent or given up.
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
  state text not null default 'pending',
  attempts int not null default 0,
  next_attempt_at timestamptz,
  provider text,
  provider_message_id text,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint deliveries__primary primary key (tenant_id, id),
  -- However often an event is consumed, it is told once.
  constraint deliveries__once unique nulls not distinct (tenant_id, event_id, user_id, channel),
  constraint deliveries__notification foreign key (tenant_id, notification_id)
    references notification.notifications (tenant_id, id) on delete set null (notification_id),
  constraint deliveries__channels check (channel in ('in_app', 'push', 'email', 'sms', 'telegram')),
  constraint deliveries__states check (state in ('pending', 'sent', 'failed', 'suppressed')),
  constraint deliveries__due check ((state = 'pending') = (next_attempt_at is not null)),
  constraint deliveries__finished check ((state = 'pending') = (finished_at is null)),
  constraint deliveries__failed check (state <> 'failed' or error is not null),
  constraint deliveries__attempts_count check (attempts >= 0),
  constraint deliveries__addressed check (
    state <> 'pending' or channel in ('in_app', 'push') or num_nonnulls(recipient_hash, sealed_recipient) = 2
  ),
  constraint deliveries__secrets_emptied check (state = 'pending' or num_nonnulls(sealed_recipient, sealed_payload) = 0),
  constraint deliveries__hash_length check (octet_length(recipient_hash) = 32)
);
comment on column notification.deliveries.event_id is 'platform.events.id; gone after 30 days';
comment on column notification.deliveries.user_id is 'identity.users.id, who may be gone; null for somebody who is none yet, such as who is invited';
comment on column notification.deliveries.channel is 'push goes to all devices of the user as one';
comment on column notification.deliveries.recipient_hash is 'SHA-256 of the address as in suppressions.hash';
comment on column notification.deliveries.sealed_recipient is 'AES-256-GCM under the secret key: the address; emptied at the end';
comment on column notification.deliveries.sealed_payload is 'AES-256-GCM under the secret key: what fills the template, tokens in links among it; emptied at the end';
comment on column notification.deliveries.provider_message_id is 'the provider''s own: bounces name it';
create index deliveries__due on notification.deliveries (next_attempt_at) where state = 'pending';
create index deliveries__newest on notification.deliveries (tenant_id, created_at desc);
create index deliveries__user on notification.deliveries (tenant_id, user_id, created_at desc);
create index deliveries__notification on notification.deliveries (tenant_id, notification_id) where notification_id is not null;
create index deliveries__provider_message on notification.deliveries (provider, provider_message_id) where provider_message_id is not null;
create trigger deliveries__touch before update on notification.deliveries
  for each row execute function platform.touch_updated_at();
select platform.own_rows('notification.deliveries');

-- What a user said about one type by one channel. No row: as the type's default says.
create table notification.notification_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  channel text not null,
  type text not null,
  enabled boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint notification_preferences__primary primary key (tenant_id, user_id, channel, type),
  constraint notification_preferences__channels check (channel in ('in_app', 'push', 'email', 'sms', 'telegram')),
  constraint notification_preferences__type_shape check (type ~ '^[a-z]+(\.[a-z_]+)+$')
);
comment on column notification.notification_preferences.user_id is 'identity.users.id';
comment on column notification.notification_preferences.type is 'the event''s type';
create trigger notification_preferences__touch before update on notification.notification_preferences
  for each row execute function platform.touch_updated_at();
select platform.own_rows('notification.notification_preferences');

-- The words for one channel in one language. A tenant's own go before those of the tenants above.
create table notification.notification_templates (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  channel text not null,
  language text not null,
  subject text,
  body text not null,
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint notification_templates__primary primary key (tenant_id, id),
  constraint notification_templates__key_once unique (tenant_id, key, channel, language),
  constraint notification_templates__key_shape check (key ~ '^[a-z]+(\.[a-z_]+)+$'),
  constraint notification_templates__channels check (channel in ('in_app', 'push', 'email', 'sms', 'telegram')),
  constraint notification_templates__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint notification_templates__subject check (channel in ('sms', 'telegram') or subject is not null)
);
comment on column notification.notification_templates.key is 'as a rule the event''s type';
create trigger notification_templates__touch before update on notification.notification_templates
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('notification.notification_templates');

-- A user's chat with the bot. It is linked once the user has sent the bot the token.
create table notification.telegram_links (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  hash bytea,
  expires_at timestamptz,
  chat_id bigint,
  linked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint telegram_links__primary primary key (tenant_id, id),
  constraint telegram_links__user_once unique (tenant_id, user_id),
  constraint telegram_links__hash_once unique (hash),
  constraint telegram_links__hash_length check (octet_length(hash) = 32),
  constraint telegram_links__linked check ((linked_at is null) = (chat_id is null)),
  constraint telegram_links__token check ((hash is null) = (expires_at is null) and (hash is not null or linked_at is not null))
);
comment on column notification.telegram_links.user_id is 'identity.users.id';
comment on column notification.telegram_links.hash is 'SHA-256 of the one-time token; null once it was used';
comment on column notification.telegram_links.chat_id is 'Telegram''s';
create index telegram_links__chat on notification.telegram_links (chat_id) where chat_id is not null;
create trigger telegram_links__touch before update on notification.telegram_links
  for each row execute function platform.touch_updated_at();
select platform.own_rows('notification.telegram_links');

-- An address that nothing is sent to any more.
create table notification.suppressions (
  tenant_id uuid not null,
  channel text not null,
  hash bytea not null,
  reason text not null,
  created_at timestamptz not null default now(),
  constraint suppressions__primary primary key (tenant_id, channel, hash),
  constraint suppressions__channels check (channel in ('push', 'email', 'sms', 'telegram')),
  constraint suppressions__reasons check (reason in ('bounce', 'complaint', 'unsubscribe')),
  constraint suppressions__hash_length check (octet_length(hash) = 32)
);
comment on column notification.suppressions.hash is 'SHA-256 of the address: an e-mail in lower case, a number in E.164';
select platform.own_rows('notification.suppressions');

-- The one key between schemas: a gift stays when the message that told of it is gone. Its index is in 04.
alter table identity.earned_gifts add constraint earned_gifts__notification foreign key (tenant_id, notification_id)
  references notification.notifications (tenant_id, id) on delete set null (notification_id);

select platform.record_migration('14_notification');
