-- The CMS. What visitors read depends on the host they came by, so every tenant's rows are its own; none is shared.
--
-- Long texts, blog posts and pages, have a row for each language: each has its own slug, state and day, and editors of
-- one language needn't wait for another's. Short ones have all their languages in one row.

-- What posts are sorted by; a tree.
create table content.blog_categories (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  parent_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint blog_categories__primary primary key (tenant_id, id),
  constraint blog_categories__parent foreign key (tenant_id, parent_id)
    references content.blog_categories (tenant_id, id) on delete restrict,
  constraint blog_categories__not_own_parent check (parent_id <> id),
  constraint blog_categories__slug_once unique (tenant_id, slug),
  constraint blog_categories__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint blog_categories__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint blog_categories__states check (state in ('active', 'hidden'))
);
create index blog_categories__children on content.blog_categories (tenant_id, parent_id, position);
create trigger blog_categories__touch before update on content.blog_categories
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.blog_categories');

-- A post in one language.
create table content.blog_posts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  translation_group uuid not null default platform.uuid_v7(),
  language text not null,
  category_id uuid,
  author_id uuid,
  slug citext not null,
  title text not null,
  excerpt text not null default '',
  body text not null default '',
  seo jsonb not null default '{}',
  cover_file_id uuid,
  state text not null default 'draft',
  published_at timestamptz,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint blog_posts__primary primary key (tenant_id, id),
  constraint blog_posts__category foreign key (tenant_id, category_id)
    references content.blog_categories (tenant_id, id) on delete set null (category_id),
  constraint blog_posts__language_once unique (tenant_id, translation_group, language),
  constraint blog_posts__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint blog_posts__slug_once unique (tenant_id, language, slug),
  constraint blog_posts__slug_shape check (length(slug) <= 200 and slug ~ '^[^\s/?#%]+$'),
  constraint blog_posts__seo_shape check (jsonb_typeof(seo) = 'object'),
  constraint blog_posts__states check (state in ('draft', 'scheduled', 'published', 'archived')),
  constraint blog_posts__published check (state not in ('scheduled', 'published') or published_at is not null),
  constraint blog_posts__revision_count check (revision >= 1)
);
comment on column content.blog_posts.translation_group is 'the same in all languages of one text';
comment on column content.blog_posts.slug is 'in any script';
comment on column content.blog_posts.body is 'Markdown';
comment on column content.blog_posts.seo is 'title, description and picture for search engines, where they differ; noindex';
comment on column content.blog_posts.cover_file_id is 'file_mgr.files.id';
comment on column content.blog_posts.published_at is 'still to come while it is scheduled';
comment on column content.blog_posts.author_id is 'identity.users.id; null once they are gone';
create index blog_posts__due on content.blog_posts (published_at) where state = 'scheduled';
create index blog_posts__newest on content.blog_posts (tenant_id, language, published_at desc) where state = 'published';
create index blog_posts__category on content.blog_posts (tenant_id, category_id, published_at desc);
create trigger blog_posts__touch before update on content.blog_posts
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.blog_posts');

-- A page in one language.
create table content.pages (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  translation_group uuid not null default platform.uuid_v7(),
  language text not null,
  slug citext not null,
  title text not null,
  body text not null default '',
  seo jsonb not null default '{}',
  cover_file_id uuid,
  state text not null default 'draft',
  published_at timestamptz,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint pages__primary primary key (tenant_id, id),
  constraint pages__language_once unique (tenant_id, translation_group, language),
  constraint pages__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint pages__slug_once unique (tenant_id, language, slug),
  constraint pages__slug_shape check (length(slug) <= 200 and slug ~ '^[^\s/?#%]+(/[^\s/?#%]+)*$'),
  constraint pages__seo_shape check (jsonb_typeof(seo) = 'object'),
  constraint pages__states check (state in ('draft', 'scheduled', 'published', 'archived')),
  constraint pages__published check (state not in ('scheduled', 'published') or published_at is not null),
  constraint pages__revision_count check (revision >= 1)
);
comment on column content.pages.translation_group is 'the same in all languages of one text';
comment on column content.pages.slug is 'in any script; may have several parts: legal/terms';
comment on column content.pages.body is 'Markdown';
comment on column content.pages.seo is 'title, description and picture for search engines, where they differ; noindex';
comment on column content.pages.cover_file_id is 'file_mgr.files.id';
comment on column content.pages.published_at is 'still to come while it is scheduled';
create index pages__due on content.pages (published_at) where state = 'scheduled';
create trigger pages__touch before update on content.pages
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.pages');

-- A question that is often asked, and its answer.
create table content.faqs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  topic text not null default 'general',
  question jsonb not null,
  answer jsonb not null,
  position int not null default 0,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint faqs__primary primary key (tenant_id, id),
  constraint faqs__topic_shape check (topic ~ '^[a-z][a-z0-9_-]{0,63}$'),
  constraint faqs__localised check (jsonb_typeof(question) = 'object' and jsonb_typeof(answer) = 'object'),
  constraint faqs__states check (state in ('active', 'hidden'))
);
comment on column content.faqs.answer is 'Markdown';
create index faqs__topic on content.faqs (tenant_id, topic, position);
create trigger faqs__touch before update on content.faqs
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.faqs');

-- A notice or picture at a place of the site, for a while.
create table content.banners (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  placement text not null,
  title jsonb not null,
  description jsonb not null default '{}',
  file_id uuid,
  url text,
  position int not null default 0,
  state text not null default 'active',
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint banners__primary primary key (tenant_id, id),
  constraint banners__placement_shape check (placement ~ '^[a-z][a-z0-9_-]{0,63}$'),
  constraint banners__localised check (jsonb_typeof(title) = 'object' and jsonb_typeof(description) = 'object'),
  constraint banners__url_shape check (url ~ '^(/($|[^/\\])|https?://)'),
  constraint banners__states check (state in ('active', 'hidden')),
  constraint banners__span check (ends_at > starts_at)
);
comment on column content.banners.file_id is 'file_mgr.files.id; its picture';
comment on column content.banners.starts_at is 'this and ends_at: null is open';
create index banners__placement on content.banners (tenant_id, placement, position) where state = 'active';
create trigger banners__touch before update on content.banners
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.banners');

-- An item of a menu; a tree for each menu.
create table content.navigation (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  menu text not null,
  parent_id uuid,
  name jsonb not null,
  url text,
  position int not null default 0,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint navigation__primary primary key (tenant_id, id),
  constraint navigation__menu_whole unique (tenant_id, menu, id),
  constraint navigation__parent foreign key (tenant_id, menu, parent_id)
    references content.navigation (tenant_id, menu, id) on update cascade on delete cascade,
  constraint navigation__not_own_parent check (parent_id <> id),
  constraint navigation__menu_shape check (menu ~ '^[a-z][a-z0-9_-]{0,63}$'),
  constraint navigation__localised check (jsonb_typeof(name) = 'object'),
  constraint navigation__url_shape check (url ~ '^(/($|[^/\\])|https?://|mailto:|tel:|#)'),
  constraint navigation__states check (state in ('active', 'hidden'))
);
comment on column content.navigation.url is 'null for an item that only holds others';
create index navigation__children on content.navigation (tenant_id, menu, parent_id, position);
create trigger navigation__touch before update on content.navigation
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.navigation');

-- An address that has moved.
create table content.redirects (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  from_path text not null,
  to_url text not null,
  status int not null default 301,
  hits bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint redirects__primary primary key (tenant_id, id),
  constraint redirects__from_once unique (tenant_id, from_path),
  constraint redirects__from_shape check (from_path ~ '^/($|[^/\\?#][^?#]*$)'),
  constraint redirects__to_shape check (to_url ~ '^(/($|[^/\\])|https?://)'),
  constraint redirects__not_itself check (to_url <> from_path),
  constraint redirects__statuses check (status in (301, 302, 307, 308)),
  constraint redirects__hits_count check (hits >= 0)
);
comment on column content.redirects.from_path is 'without query; /\ and // are refused here and in to_url, for browsers take them for another host';
-- Counting is no change.
create trigger redirects__touch before update on content.redirects
  for each row when (old.hits is not distinct from new.hits) execute function platform.touch_updated_at();
select platform.own_rows('content.redirects');

-- A text of the user interface that a tenant words its own way.
create table content.translations (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  language text not null,
  key text not null,
  text text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint translations__primary primary key (tenant_id, id),
  constraint translations__key_once unique (tenant_id, language, key),
  constraint translations__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint translations__key_shape check (key ~ '^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$')
);
create trigger translations__touch before update on content.translations
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.translations');

select platform.record_migration('09_content_cms');
