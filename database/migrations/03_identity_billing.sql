-- What is sold, who has it, what was paid; and the credits that rendering is paid with.
-- An *account* is who has plan, credits and quota: a user where the tenant bills per user, else the tenant.

-- What an account may do, and what it gets. To change what is sold, retire a plan and add another.
create table identity.plans (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  state text not null default 'draft',
  is_default boolean not null default false,
  position int not null default 0,
  monthly_minutes int,
  monthly_credits bigint not null default 0,
  max_short_side_pixels int not null,
  has_watermark boolean not null default true,
  storage_bytes bigint not null,
  concurrent_renders int not null default 1,
  priority int not null default 0,
  allows_api boolean not null default false,
  max_batch_rows int not null default 0,
  trial_days int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint plans__primary primary key (tenant_id, id),
  constraint plans__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint plans__slug_once unique (tenant_id, slug),
  constraint plans__shared_once unique (tenant_id, id, shared),
  constraint plans__states check (state in ('draft', 'active', 'retired')),
  constraint plans__default_sold check (not is_default or state = 'active'),
  constraint plans__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint plans__name_localised check (jsonb_typeof(name) = 'object'),
  constraint plans__description_localised check (jsonb_typeof(description) = 'object'),
  constraint plans__limits check (
    monthly_minutes >= 0 and monthly_credits >= 0 and max_short_side_pixels > 0 and storage_bytes >= 0
    and concurrent_renders >= 1 and max_batch_rows >= 0 and trial_days >= 0
  )
);
comment on column identity.plans.is_default is 'what an account has without a subscription';
comment on column identity.plans.monthly_minutes is 'length of the videos rendered; null: no limit but the credits';
comment on column identity.plans.max_short_side_pixels is 'resolution ceiling in pixels of the short side, whichever way the video stands';
comment on column identity.plans.priority is 'of two renders that wait, the higher goes first';
create unique index plans__default_once on identity.plans (tenant_id) where is_default;
create trigger plans__touch before update on identity.plans
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.plans');

-- Seen by whoever sees the plan: `shared` follows it.
create table identity.plan_prices (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  shared boolean not null default false,
  plan_id uuid not null,
  currency text not null,
  interval text not null,
  amount_minor bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint plan_prices__primary primary key (tenant_id, id),
  constraint plan_prices__plan foreign key (tenant_id, plan_id, shared)
    references identity.plans (tenant_id, id, shared) on update cascade on delete cascade,
  constraint plan_prices__price_once unique (tenant_id, plan_id, currency, interval),
  constraint plan_prices__intervals check (interval in ('month', 'year')),
  constraint plan_prices__amount_range check (amount_minor >= 0),
  constraint plan_prices__currency_shape check (currency ~ '^[A-Z]{3}$')
);
comment on column identity.plan_prices.amount_minor is 'in the smallest unit that is paid with: cents of USD, whole rials of IRR';
create trigger plan_prices__touch before update on identity.plan_prices
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('identity.plan_prices');

create table identity.subscriptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  plan_id uuid not null,
  state text not null,
  currency text not null,
  interval text not null,
  amount_minor bigint not null,
  period_starts_at timestamptz not null,
  period_ends_at timestamptz not null,
  trial_ends_at timestamptz,
  cancels_at timestamptz,
  ended_at timestamptz,
  provider text,
  provider_reference text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint subscriptions__primary primary key (tenant_id, id),
  constraint subscriptions__tenant foreign key (tenant_id) references identity.tenants (id) on delete restrict,
  constraint subscriptions__states check (state in ('trialing', 'active', 'past_due', 'cancelled', 'expired')),
  constraint subscriptions__ended check ((state in ('cancelled', 'expired')) = (ended_at is not null)),
  constraint subscriptions__trial check (state <> 'trialing' or trial_ends_at is not null),
  constraint subscriptions__period check (period_starts_at < period_ends_at),
  constraint subscriptions__intervals check (interval in ('month', 'year')),
  constraint subscriptions__amount_range check (amount_minor >= 0),
  constraint subscriptions__currency_shape check (currency ~ '^[A-Z]{3}$'),
  constraint subscriptions__provider_known check (provider_reference is null or provider is not null)
);
comment on column identity.subscriptions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.subscriptions.plan_id is 'identity.plans.id; not a key: it may be a shared one of a tenant above';
comment on column identity.subscriptions.amount_minor is 'the price agreed on, whatever the plan costs others now';
comment on column identity.subscriptions.cancels_at is 'it was cancelled and lasts until then';
comment on column identity.subscriptions.provider_reference is 'the payment provider''s name for it, where the provider renews it';
create unique index subscriptions__live_once on identity.subscriptions (tenant_id, account_id)
  where state in ('trialing', 'active', 'past_due');
create index subscriptions__account_newest on identity.subscriptions (tenant_id, account_id, created_at desc);
create index subscriptions__due on identity.subscriptions (period_ends_at) where state in ('trialing', 'active', 'past_due');
create index subscriptions__of_plan on identity.subscriptions (plan_id) where state in ('trialing', 'active', 'past_due');
create trigger subscriptions__touch before update on identity.subscriptions
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.subscriptions');

-- Kept by whom it is for; numbered by whom it is from.
create table identity.invoices (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  seller_tenant_id uuid not null,
  subscription_id uuid,
  number text,
  state text not null default 'draft',
  currency text not null,
  lines jsonb not null default '[]',
  subtotal_minor bigint not null,
  discount_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null,
  billed_to jsonb not null default '{}',
  issued_at timestamptz,
  due_at timestamptz,
  paid_at timestamptz,
  voided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint invoices__primary primary key (tenant_id, id),
  constraint invoices__tenant foreign key (tenant_id) references identity.tenants (id) on delete restrict,
  constraint invoices__seller foreign key (seller_tenant_id) references identity.tenants (id) on delete restrict,
  constraint invoices__subscription foreign key (tenant_id, subscription_id)
    references identity.subscriptions (tenant_id, id) on delete restrict,
  constraint invoices__number_once unique (seller_tenant_id, number),
  constraint invoices__states check (state in ('draft', 'open', 'paid', 'void')),
  constraint invoices__issued check (
    (state = 'draft') = (number is null) and (state = 'draft') = (issued_at is null)
  ),
  constraint invoices__paid check ((state = 'paid') = (paid_at is not null)),
  constraint invoices__voided check ((state = 'void') = (voided_at is not null)),
  constraint invoices__sum check (total_minor = subtotal_minor - discount_minor + tax_minor),
  constraint invoices__amount_ranges check (
    subtotal_minor >= 0 and discount_minor between 0 and subtotal_minor and tax_minor >= 0
  ),
  constraint invoices__currency_shape check (currency ~ '^[A-Z]{3}$'),
  constraint invoices__lines_list check (jsonb_typeof(lines) = 'array'),
  constraint invoices__billed_to_object check (jsonb_typeof(billed_to) = 'object')
);
comment on column identity.invoices.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.invoices.seller_tenant_id is 'who sells: the tenant itself where it bills its users, else the one above it';
comment on column identity.invoices.billed_to is 'name, address and tax number as they were';
create index invoices__account_newest on identity.invoices (tenant_id, account_id, created_at desc);
create index invoices__due on identity.invoices (due_at) where state = 'open';
create trigger invoices__touch before update on identity.invoices
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.invoices');

create table identity.payments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  invoice_id uuid,
  provider text not null,
  provider_reference text,
  state text not null default 'pending',
  currency text not null,
  amount_minor bigint not null,
  refunded_minor bigint not null default 0,
  failure_code text,
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint payments__primary primary key (tenant_id, id),
  constraint payments__tenant foreign key (tenant_id) references identity.tenants (id) on delete restrict,
  constraint payments__invoice foreign key (tenant_id, invoice_id)
    references identity.invoices (tenant_id, id) on delete restrict,
  constraint payments__provider_reference_once unique (tenant_id, provider, provider_reference),
  constraint payments__states check (state in ('pending', 'succeeded', 'failed', 'refunded')),
  constraint payments__paid check ((state in ('succeeded', 'refunded')) = (paid_at is not null)),
  constraint payments__paid_known check (state in ('pending', 'failed') or provider_reference is not null),
  constraint payments__amount_range check (amount_minor > 0),
  constraint payments__refunded_range check (
    refunded_minor between 0 and amount_minor and (state = 'refunded') = (refunded_minor = amount_minor)
    and (refunded_minor = 0 or state in ('succeeded', 'refunded'))
  ),
  constraint payments__currency_shape check (currency ~ '^[A-Z]{3}$')
);
comment on column identity.payments.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.payments.provider_reference is 'the provider''s name for it; null until the provider has answered';
comment on column identity.payments.refunded_minor is 'a part given back leaves it succeeded, all of it makes it refunded';
create index payments__account_newest on identity.payments (tenant_id, account_id, created_at desc);
create index payments__of_invoice on identity.payments (tenant_id, invoice_id);
create index payments__pending on identity.payments (created_at) where state = 'pending';
create trigger payments__touch before update on identity.payments
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.payments');

-- Found by its code alone, so not in the catalogue, though customers of the tenants below may redeem it.
create table identity.coupons (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  code citext not null,
  state text not null default 'active',
  percent int,
  amount_minor bigint,
  currency text,
  plan_ids uuid[] not null default '{}',
  max_uses int,
  max_uses_per_account int default 1,
  used_count int not null default 0,
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint coupons__primary primary key (tenant_id, id),
  constraint coupons__tenant foreign key (tenant_id) references identity.tenants (id) on delete cascade,
  constraint coupons__code_once unique (tenant_id, code),
  constraint coupons__code_shape check (code ~ '^[a-z0-9][a-z0-9_-]{1,62}$'),
  constraint coupons__states check (state in ('active', 'paused', 'retired')),
  constraint coupons__worth check (
    num_nonnulls(percent, amount_minor) = 1 and (amount_minor is null) = (currency is null)
  ),
  constraint coupons__percent_range check (percent between 1 and 100),
  constraint coupons__amount_range check (amount_minor > 0),
  constraint coupons__currency_shape check (currency ~ '^[A-Z]{3}$'),
  constraint coupons__limits check (max_uses >= 1 and max_uses_per_account >= 1),
  constraint coupons__used_range check (used_count >= 0 and used_count <= max_uses),
  constraint coupons__period check (starts_at < ends_at)
);
comment on column identity.coupons.plan_ids is 'identity.plans.id; none: every plan';
comment on column identity.coupons.max_uses is 'null: as often as may be; the same of each account';
create trigger coupons__touch before update on identity.coupons
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.coupons');

create table identity.coupon_redemptions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  coupon_id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  discount_minor bigint not null,
  currency text not null,
  created_at timestamptz not null default now(),
  constraint coupon_redemptions__primary primary key (tenant_id, id),
  constraint coupon_redemptions__invoice foreign key (tenant_id, invoice_id)
    references identity.invoices (tenant_id, id) on delete cascade,
  constraint coupon_redemptions__invoice_once unique (tenant_id, invoice_id, coupon_id),
  constraint coupon_redemptions__discount_range check (discount_minor > 0),
  constraint coupon_redemptions__currency_shape check (currency ~ '^[A-Z]{3}$')
);
comment on column identity.coupon_redemptions.coupon_id is 'identity.coupons.id; not a key: it may be one of a tenant above';
comment on column identity.coupon_redemptions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
create index coupon_redemptions__uses on identity.coupon_redemptions (tenant_id, coupon_id, account_id);
select platform.own_rows('identity.coupon_redemptions');

-- What an account has, and how much of it is promised: free is balance - reserved. Its row is locked for every change,
-- and whatever the code around it does, the checks keep it from spending what it lacks.
create table identity.credit_accounts (
  tenant_id uuid not null,
  account_id uuid not null,
  balance bigint not null default 0,
  reserved bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credit_accounts__primary primary key (tenant_id, account_id),
  constraint credit_accounts__tenant foreign key (tenant_id) references identity.tenants (id) on delete restrict,
  constraint credit_accounts__never_below_zero check (balance >= 0),
  constraint credit_accounts__reserved_range check (reserved >= 0 and reserved <= balance)
);
comment on column identity.credit_accounts.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
create trigger credit_accounts__touch before update on identity.credit_accounts
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.credit_accounts');

-- Credits promised to work that hasn't ended. One whose work never comes is released when it expires.
create table identity.credit_reservations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  reference text not null,
  amount bigint not null,
  state text not null default 'held',
  settled_amount bigint,
  expires_at timestamptz not null,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credit_reservations__primary primary key (tenant_id, id),
  constraint credit_reservations__account foreign key (tenant_id, account_id)
    references identity.credit_accounts (tenant_id, account_id) on delete restrict,
  constraint credit_reservations__reference_once unique (tenant_id, account_id, reference),
  constraint credit_reservations__reference_length check (length(reference) between 1 and 255),
  constraint credit_reservations__states check (state in ('held', 'settled', 'released', 'expired')),
  constraint credit_reservations__ended check ((state = 'held') = (ended_at is null)),
  constraint credit_reservations__amount_range check (amount > 0),
  constraint credit_reservations__settled check ((state = 'settled') = (settled_amount is not null)),
  constraint credit_reservations__settled_range check (settled_amount between 1 and amount)
);
comment on column identity.credit_reservations.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.credit_reservations.reference is 'what they are for: a render''s id';
comment on column identity.credit_reservations.settled_amount is 'what the work cost; the rest is free again; work that cost nothing is released';
create index credit_reservations__expiring on identity.credit_reservations (expires_at) where state = 'held';
create trigger credit_reservations__touch before update on identity.credit_reservations
  for each row execute function platform.touch_updated_at();
select platform.own_rows('identity.credit_reservations');

-- The ledger: every change of a balance. The balance is the sum of its entries.
create table identity.credit_entries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  account_id uuid not null,
  kind text not null,
  amount bigint not null,
  balance_after bigint not null,
  reference text not null,
  reason text,
  expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint credit_entries__primary primary key (tenant_id, id),
  constraint credit_entries__account foreign key (tenant_id, account_id)
    references identity.credit_accounts (tenant_id, account_id) on delete restrict,
  constraint credit_entries__reference_once unique (tenant_id, account_id, kind, reference),
  constraint credit_entries__reference_length check (length(reference) between 1 and 255),
  constraint credit_entries__kinds check (kind in ('grant', 'settle', 'refund', 'expire', 'adjust')),
  constraint credit_entries__signs check (
    case when kind in ('grant', 'refund') then amount > 0 when kind in ('settle', 'expire') then amount < 0 else amount <> 0 end
  ),
  constraint credit_entries__balance_range check (balance_after >= 0 and balance_after >= amount),
  constraint credit_entries__expiry check (expires_at is null or kind = 'grant')
);
comment on column identity.credit_entries.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column identity.credit_entries.reference is 'what it is for: a render''s id, a payment''s, a period''s; asked for twice, it is done once';
comment on column identity.credit_entries.reason is 'an adjustment''s, for people';
comment on column identity.credit_entries.expires_at is 'what is left of a grant then expires, under the grant''s id as reference';
comment on column identity.credit_entries.created_at is 'by the clock, not by the transaction''s begin: entries follow each other under the account''s lock';
create index credit_entries__account_newest on identity.credit_entries (tenant_id, account_id, created_at desc);
create index credit_entries__expiring on identity.credit_entries (expires_at) where expires_at is not null;
create trigger credit_entries__append_only before update or delete on identity.credit_entries
  for each row execute function platform.refuse_change();
revoke update, delete on identity.credit_entries from flatrender_identity, flatrender_identity_system;
select platform.own_rows('identity.credit_entries');

select platform.record_migration('03_identity_billing');
