-- What templates are sorted by: four trees of one form. A tree is one tenant's; templates may stand under a shared row
-- of a tenant above.

-- What a video is: intro, slideshow, story.
create table content.categories (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint categories__primary primary key (tenant_id, id),
  constraint categories__parent foreign key (tenant_id, parent_id) references content.categories (tenant_id, id) on delete restrict,
  constraint categories__not_own_parent check (parent_id <> id),
  constraint categories__slug_once unique (tenant_id, slug),
  constraint categories__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint categories__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint categories__states check (state in ('active', 'hidden'))
);
create index categories__children on content.categories (tenant_id, parent_id, position);
create trigger categories__touch before update on content.categories
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.categories');

-- A word that templates are found by.
create table content.tags (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tags__primary primary key (tenant_id, id),
  constraint tags__parent foreign key (tenant_id, parent_id) references content.tags (tenant_id, id) on delete restrict,
  constraint tags__not_own_parent check (parent_id <> id),
  constraint tags__slug_once unique (tenant_id, slug),
  constraint tags__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint tags__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint tags__states check (state in ('active', 'hidden'))
);
create index tags__children on content.tags (tenant_id, parent_id, position);
create trigger tags__touch before update on content.tags
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.tags');

-- Whom a template is for: restaurants, real estate.
create table content.industries (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint industries__primary primary key (tenant_id, id),
  constraint industries__parent foreign key (tenant_id, parent_id) references content.industries (tenant_id, id) on delete restrict,
  constraint industries__not_own_parent check (parent_id <> id),
  constraint industries__slug_once unique (tenant_id, slug),
  constraint industries__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint industries__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint industries__states check (state in ('active', 'hidden'))
);
create index industries__children on content.industries (tenant_id, parent_id, position);
create trigger industries__touch before update on content.industries
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.industries');

-- How a template looks: minimal, hand-drawn.
create table content.styles (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint styles__primary primary key (tenant_id, id),
  constraint styles__parent foreign key (tenant_id, parent_id) references content.styles (tenant_id, id) on delete restrict,
  constraint styles__not_own_parent check (parent_id <> id),
  constraint styles__slug_once unique (tenant_id, slug),
  constraint styles__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint styles__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint styles__states check (state in ('active', 'hidden'))
);
create index styles__children on content.styles (tenant_id, parent_id, position);
create trigger styles__touch before update on content.styles
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.styles');

select platform.record_migration('05_content_taxonomy');
