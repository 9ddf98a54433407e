-- The tenant that everything hangs from.
insert into identity.tenants (id, kind, slug, name, bills)
values ('00000000-0000-0000-0000-000000000001', 'platform', 'flatrender', 'FlatRender', 'user')
on conflict (id) do nothing;

-- What it sells, to its own and to those of tenants below that sell nothing themselves. Prices come with their plan alone:
-- whoever changes, retires or removes one of either finds it so after the next start.
with added as (
  insert into identity.plans (
    tenant_id, id, shared, slug, name, description, state, is_default, position, monthly_minutes, monthly_credits,
    max_short_side_pixels, has_watermark, storage_bytes, concurrent_renders, priority, allows_api, max_batch_rows, trial_days
  )
  values
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000101', true, 'free',
      '{"en": "Free", "fa": "رایگان"}',
      '{"en": "To try everything, with a watermark.", "fa": "برای آزمودن همه‌چیز، با واترمارک."}',
      'active', true, 10, 3, 30, 720, true, 1000000000, 1, 0, false, 0, 0),
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000102', true, 'creator',
      '{"en": "Creator", "fa": "سازنده"}',
      '{"en": "For one person who makes videos every week.", "fa": "برای کسی که هر هفته ویدیو می‌سازد."}',
      'active', false, 20, 30, 300, 1080, false, 20000000000, 2, 10, false, 20, 7),
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000103', true, 'studio',
      '{"en": "Studio", "fa": "استودیو"}',
      '{"en": "For teams and programs: large pictures, batches and the API.", "fa": "برای گروه‌ها و برنامه‌ها: تصویر بزرگ، ساخت گروهی و API."}',
      'active', false, 30, 150, 1500, 2160, false, 200000000000, 6, 20, true, 500, 7)
  on conflict do nothing
  returning tenant_id, id, shared, slug
)
insert into identity.plan_prices (tenant_id, id, shared, plan_id, currency, interval, amount_minor)
select added.tenant_id, price.id, added.shared, added.id, price.currency, price.interval, price.amount_minor
from added join (
  values
    ('00000000-0000-0000-0000-000000000201'::uuid, 'free', 'USD', 'month', 0),
    ('00000000-0000-0000-0000-000000000202'::uuid, 'free', 'IRR', 'month', 0),
    ('00000000-0000-0000-0000-000000000211'::uuid, 'creator', 'USD', 'month', 1200),
    ('00000000-0000-0000-0000-000000000212'::uuid, 'creator', 'USD', 'year', 12000),
    ('00000000-0000-0000-0000-000000000213'::uuid, 'creator', 'IRR', 'month', 4900000),
    ('00000000-0000-0000-0000-000000000214'::uuid, 'creator', 'IRR', 'year', 49000000),
    ('00000000-0000-0000-0000-000000000221'::uuid, 'studio', 'USD', 'month', 4900),
    ('00000000-0000-0000-0000-000000000222'::uuid, 'studio', 'USD', 'year', 49000),
    ('00000000-0000-0000-0000-000000000223'::uuid, 'studio', 'IRR', 'month', 19900000),
    ('00000000-0000-0000-0000-000000000224'::uuid, 'studio', 'IRR', 'year', 199000000)
) as price (id, slug, currency, interval, amount_minor) on price.slug = added.slug
on conflict do nothing;
