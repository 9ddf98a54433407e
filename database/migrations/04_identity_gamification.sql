-- Gifts for what people do, points and levels, badges, referrals, streaks.
-- References to gifts, rules, levels and badges are no keys where those may be shared ones of a tenant above.

create table identity.gifts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  image_file_id uuid,
  state text not null default 'draft',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint gifts__primary primary key (tenant_id, id),
  constraint gifts__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint gifts__slug_once unique (tenant_id, slug),
  constraint gifts__shared_once unique (tenant_id, id, shared),
  constraint gifts__states check (state in ('draft', 'active', 'retired')),
  constraint gifts__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint gifts__name_localised check (jsonb_typeof(name) = 'object'),
  constraint gifts__description_localised check (jsonb_typeof(description) = 'object')
);
comment on column identity.gifts.image_file_id is 'file_mgr.files.id';
create trigger gifts__touch before update on identity.gifts
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.gifts');

create table identity.badges (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  icon_file_id uuid,
  state text not null default 'draft',
  position int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint badges__primary primary key (tenant_id, id),
  constraint badges__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint badges__slug_once unique (tenant_id, slug),
  constraint badges__states check (state in ('draft', 'active', 'retired')),
  constraint badges__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint badges__name_localised check (jsonb_typeof(name) = 'object'),
  constraint badges__description_localised check (jsonb_typeof(description) = 'object')
);
comment on column identity.badges.icon_file_id is 'file_mgr.files.id';
create trigger badges__touch before update on identity.badges
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.badges');

-- When a gift is earned, and what it gives. Seen by whoever sees the gift: `shared` follows it.
create table identity.gift_rules (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  gift_id uuid not null,
  event_type text not null,
  condition jsonb not null default '{}',
  reward_kind text not null,
  amount bigint,
  plan_id uuid,
  badge_id uuid,
  coupon_id uuid,
  limit_per_user int default 1,
  claim_days int,
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint gift_rules__primary primary key (tenant_id, id),
  constraint gift_rules__gift foreign key (tenant_id, gift_id, shared)
    references identity.gifts (tenant_id, id, shared) on update cascade on delete cascade,
  constraint gift_rules__event_type_shape check (event_type ~ '^[a-z]+(\.[a-z_]+)+(\.v[0-9]+)?$'),
  constraint gift_rules__condition_object check (jsonb_typeof(condition) = 'object'),
  constraint gift_rules__reward_kinds check (reward_kind in ('credits', 'plan_days', 'badge', 'points', 'coupon')),
  constraint gift_rules__reward check (
    (reward_kind in ('credits', 'plan_days', 'points')) = (amount is not null)
    and (reward_kind = 'plan_days') = (plan_id is not null)
    and (reward_kind = 'badge') = (badge_id is not null)
    and (reward_kind = 'coupon') = (coupon_id is not null)
  ),
  constraint gift_rules__amount_range check (amount > 0),
  constraint gift_rules__limits check (limit_per_user >= 1 and claim_days >= 1),
  constraint gift_rules__period check (starts_at < ends_at)
);
comment on column identity.gift_rules.event_type is 'the event that triggers it';
comment on column identity.gift_rules.condition is 'what the event''s data must be; empty: anything';
comment on column identity.gift_rules.plan_id is 'identity.plans.id; not a key: it may be a shared one of a tenant above';
comment on column identity.gift_rules.badge_id is 'identity.badges.id; not a key: it may be a shared one of a tenant above';
comment on column identity.gift_rules.coupon_id is 'identity.coupons.id; not a key: it may be one of a tenant above';
comment on column identity.gift_rules.limit_per_user is 'null: every time';
comment on column identity.gift_rules.claim_days is 'what is not claimed by then expires; null: never';
create index gift_rules__trigger on identity.gift_rules (tenant_id, event_type);
create trigger gift_rules__touch before update on identity.gift_rules
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.gift_rules');

create table identity.earned_gifts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  gift_id uuid not null,
  rule_id uuid,
  event_id uuid,
  reward jsonb not null,
  state text not null default 'earned',
  notification_id uuid,
  earned_at timestamptz not null default now(),
  claimed_at timestamptz,
  expires_at timestamptz,
  constraint earned_gifts__primary primary key (tenant_id, id),
  constraint earned_gifts__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint earned_gifts__event_once unique (tenant_id, user_id, rule_id, event_id),
  constraint earned_gifts__states check (state in ('earned', 'claimed', 'expired')),
  constraint earned_gifts__claimed check ((state = 'claimed') = (claimed_at is not null)),
  constraint earned_gifts__expiry check (state <> 'expired' or expires_at is not null),
  constraint earned_gifts__rule_triggered check ((rule_id is null) = (event_id is null)),
  constraint earned_gifts__reward_object check (jsonb_typeof(reward) = 'object')
);
comment on column identity.earned_gifts.gift_id is 'identity.gifts.id; not a key: it may be a shared one of a tenant above';
comment on column identity.earned_gifts.rule_id is 'identity.gift_rules.id; not a key, as for the gift; null: given by hand';
comment on column identity.earned_gifts.event_id is 'platform.events.id; a rule gives for an event once';
comment on column identity.earned_gifts.reward is 'the rule''s reward as it was';
comment on column identity.earned_gifts.notification_id is 'notification.notifications.id; a key of 14_notification, the one across schemas';
create index earned_gifts__user_newest on identity.earned_gifts (tenant_id, user_id, earned_at desc);
create index earned_gifts__expiring on identity.earned_gifts (expires_at) where state = 'earned';
create index earned_gifts__of_notification on identity.earned_gifts (tenant_id, notification_id) where notification_id is not null;
select platform.own_rows('identity.earned_gifts');

-- Reached by all points ever earned: spending them costs no level.
create table identity.levels (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  number int not null,
  name jsonb not null,
  description jsonb not null default '{}',
  icon_file_id uuid,
  min_points bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint levels__primary primary key (tenant_id, id),
  constraint levels__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint levels__number_once unique (tenant_id, number),
  constraint levels__min_points_once unique (tenant_id, min_points),
  constraint levels__number_range check (number >= 1),
  constraint levels__min_points_range check (min_points >= 0),
  constraint levels__name_localised check (jsonb_typeof(name) = 'object'),
  constraint levels__description_localised check (jsonb_typeof(description) = 'object')
);
comment on column identity.levels.icon_file_id is 'file_mgr.files.id';
create trigger levels__touch before update on identity.levels
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.levels');

-- What a user has in points; locked for every change.
create table identity.user_points (
  tenant_id uuid not null,
  user_id uuid not null,
  balance bigint not null default 0,
  earned bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_points__primary primary key (tenant_id, user_id),
  constraint user_points__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete restrict,
  constraint user_points__never_below_zero check (balance >= 0),
  constraint user_points__earned_range check (earned >= balance)
);
comment on column identity.user_points.earned is 'all points ever earned: they decide the level';
create trigger user_points__touch before update on identity.user_points
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.user_points');

-- The ledger of points: every change of a balance.
create table identity.points_entries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  kind text not null,
  amount bigint not null,
  balance_after bigint not null,
  reference text not null,
  reason text,
  created_at timestamptz not null default clock_timestamp(),
  constraint points_entries__primary primary key (tenant_id, id),
  constraint points_entries__user foreign key (tenant_id, user_id)
    references identity.user_points (tenant_id, user_id) on delete restrict,
  constraint points_entries__reference_once unique (tenant_id, user_id, kind, reference),
  constraint points_entries__reference_length check (length(reference) between 1 and 255),
  constraint points_entries__kinds check (kind in ('earn', 'spend', 'adjust')),
  constraint points_entries__signs check (case kind when 'earn' then amount > 0 when 'spend' then amount < 0 else amount <> 0 end),
  constraint points_entries__balance_range check (balance_after >= 0 and balance_after >= amount)
);
comment on column identity.points_entries.reference is 'what it is for: an earned gift''s id, an event''s; asked for twice, it is done once';
comment on column identity.points_entries.created_at is 'by the clock, not by the transaction''s begin: entries follow each other under the lock';
create index points_entries__user_newest on identity.points_entries (tenant_id, user_id, created_at desc);
create trigger points_entries__append_only before update or delete on identity.points_entries
  for each row execute function platform.refuse_change();
revoke update, delete on identity.points_entries from flatrender_identity, flatrender_identity_system;
select platform.own_rows('identity.points_entries');

create table identity.user_badges (
  tenant_id uuid not null,
  user_id uuid not null,
  badge_id uuid not null,
  earned_at timestamptz not null default now(),
  constraint user_badges__primary primary key (tenant_id, user_id, badge_id),
  constraint user_badges__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade
);
comment on column identity.user_badges.badge_id is 'identity.badges.id; not a key: it may be a shared one of a tenant above';
select platform.own_rows('identity.user_badges');

-- A user's code, by which others come.
create table identity.referral_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  code citext not null,
  created_at timestamptz not null default now(),
  constraint referral_codes__primary primary key (tenant_id, user_id),
  constraint referral_codes__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint referral_codes__code_once unique (tenant_id, code),
  constraint referral_codes__code_shape check (code ~ '^[a-z0-9][a-z0-9_-]{3,62}$')
);
select platform.own_rows('identity.referral_codes');

-- One who came by another's code.
create table identity.referrals (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  code citext not null,
  referrer_id uuid not null,
  referred_id uuid not null,
  state text not null default 'pending',
  qualified_at timestamptz,
  rewarded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint referrals__primary primary key (tenant_id, id),
  constraint referrals__referrer foreign key (tenant_id, referrer_id)
    references identity.users (tenant_id, id) on delete cascade,
  constraint referrals__referred foreign key (tenant_id, referred_id)
    references identity.users (tenant_id, id) on delete cascade,
  constraint referrals__referred_once unique (tenant_id, referred_id),
  constraint referrals__not_oneself check (referrer_id <> referred_id),
  constraint referrals__states check (state in ('pending', 'qualified', 'rewarded', 'refused')),
  constraint referrals__qualified check (state not in ('qualified', 'rewarded') or qualified_at is not null),
  constraint referrals__rewarded check ((state = 'rewarded') = (rewarded_at is not null))
);
comment on column identity.referrals.code is 'the code that was used, as it was';
comment on column identity.referrals.state is 'pending: came; qualified: did what counts, such as verifying the e-mail; refused: found to be no one new';
create index referrals__referrer_newest on identity.referrals (tenant_id, referrer_id, created_at desc);
create trigger referrals__touch before update on identity.referrals
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.referrals');

-- Days in a row on which a user did something.
create table identity.streaks (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  length int not null default 1,
  best int not null default 1,
  last_day date not null,
  constraint streaks__primary primary key (tenant_id, user_id, kind),
  constraint streaks__user foreign key (tenant_id, user_id) references identity.users (tenant_id, id) on delete cascade,
  constraint streaks__kinds check (kind in ('visit', 'render')),
  constraint streaks__lengths check (length >= 1 and best >= length)
);
comment on column identity.streaks.length is 'as of last_day: it has ended once a day was left out';
comment on column identity.streaks.last_day is 'in the user''s time zone';
select platform.own_rows('identity.streaks');

select platform.record_migration('04_identity_gamification');
