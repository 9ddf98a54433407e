-- Templates, their versions, and what hangs off them.
--
-- Who sees a thing sees its parts: a part's key names its whole together with `shared`, so the two are never unlike and
-- change as one. Whoever adds a part gives it the `shared` of its whole. What another tenant's row may be named by
-- (a category, a font, a rated template) is a soft reference: it may be a shared one of a tenant above.

-- What somebody else fills with their own content. Its looks are here, its substance is in its versions.
create table content.templates (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  state text not null default 'draft',
  shared boolean not null default false,
  current_version_id uuid,
  formats text[] not null default '{}',
  languages text[] not null default '{}',
  duration_seconds numeric(9, 3),
  cover_file_id uuid,
  preview_file_id uuid,
  featured boolean not null default false,
  rating_count int not null default 0,
  rating_sum bigint not null default 0,
  used_count bigint not null default 0,
  revision int not null default 1,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint templates__primary primary key (tenant_id, id),
  constraint templates__shared_whole unique (tenant_id, id, shared),
  constraint templates__slug_once unique (tenant_id, slug),
  constraint templates__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint templates__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint templates__states check (state in ('draft', 'published', 'archived')),
  constraint templates__published check (
    state <> 'published' or (current_version_id is not null and published_at is not null)
  ),
  constraint templates__drafts_unshared check (state <> 'draft' or not shared),
  constraint templates__duration_range check (duration_seconds > 0),
  constraint templates__counts check (
    rating_count >= 0 and rating_sum between rating_count and 5 * rating_count::bigint and used_count >= 0
  ),
  constraint templates__revision_count check (revision >= 1)
);
comment on column content.templates.owner_id is 'identity.users.id, who may be gone; its designer; null for one that came with the platform';
comment on column content.templates.formats is 'this, languages and duration_seconds are the current version''s';
comment on column content.templates.duration_seconds is 'of its first preset';
comment on column content.templates.cover_file_id is 'file_mgr.files.id; a picture';
comment on column content.templates.preview_file_id is 'file_mgr.files.id; a video';
comment on column content.templates.rating_sum is 'with rating_count: of the shown rows of content.ratings, in all tenants; so the system role keeps them';
create index templates__newest on content.templates (tenant_id, published_at desc) where state = 'published';
create index templates__owner on content.templates (tenant_id, owner_id, created_at desc);
-- Counting is no change.
create trigger templates__touch before update on content.templates
  for each row when (
    (old.rating_count, old.rating_sum, old.used_count) is not distinct from (new.rating_count, new.rating_sum, new.used_count)
  ) execute function platform.touch_updated_at();
select platform.catalogue_rows('content.templates');

-- A package that was checked or is about to be. Once published it stays as it is for good: videos are rendered from it.
create table content.template_versions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  template_id uuid not null,
  template_shared boolean not null default false,
  shared boolean not null generated always as (template_shared and state in ('published', 'retired')) stored,
  version text not null,
  state text not null default 'draft',
  package_hash bytea not null,
  package_key text not null,
  package_bytes bigint not null,
  package_sha256 bytea not null,
  manifest json not null,
  fps text not null,
  engine_minimum text not null,
  findings jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  checked_at timestamptz,
  published_at timestamptz,
  retired_at timestamptz,
  constraint template_versions__primary primary key (tenant_id, id),
  constraint template_versions__shared_whole unique (tenant_id, id, shared),
  constraint template_versions__template_whole unique (tenant_id, template_id, id),
  constraint template_versions__template foreign key (tenant_id, template_id, template_shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade,
  constraint template_versions__version_once unique (tenant_id, template_id, version),
  constraint template_versions__package_once unique (tenant_id, template_id, package_hash),
  constraint template_versions__states check (state in ('draft', 'checking', 'published', 'rejected', 'retired')),
  constraint template_versions__published check ((state in ('published', 'retired')) = (published_at is not null)),
  constraint template_versions__retired check ((state = 'retired') = (retired_at is not null)),
  constraint template_versions__hash_length check (octet_length(package_hash) = 32),
  constraint template_versions__sha256_length check (octet_length(package_sha256) = 32),
  constraint template_versions__package_size check (package_bytes > 0),
  constraint template_versions__manifest_shape check (json_typeof(manifest) = 'object'),
  constraint template_versions__findings_shape check (jsonb_typeof(findings) = 'array'),
  constraint template_versions__version_shape check (version ~ '^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$'),
  constraint template_versions__engine_shape check (engine_minimum ~ '^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$'),
  constraint template_versions__fps_shape check (fps ~ '^([1-9]\d{0,5}/[1-9]\d{0,5}|\d{1,3}(\.\d+)?)$')
);
comment on column content.template_versions.template_shared is 'the template''s; its drafts are its tenant''s alone nevertheless';
comment on column content.template_versions.version is 'the manifest''s; with a part of the hash behind it where another package had that already';
comment on column content.template_versions.package_hash is 'content hash: SHA-256 over the package''s paths and contents';
comment on column content.template_versions.package_key is 'the package in object storage';
comment on column content.template_versions.package_sha256 is 'of the stored file: the same content can be packed otherwise';
comment on column content.template_versions.manifest is 'flatrender.json, word for word: json, for jsonb forgets the order of formats and slots; rows of scenes, slots and the like repeat it for queries';
comment on column content.template_versions.fps is 'frames a second as the manifest has them: 30 or 30000/1001';
comment on column content.template_versions.findings is 'what the check found';
create index template_versions__unchecked on content.template_versions (updated_at) where state = 'checking';
create trigger template_versions__touch before update on content.template_versions
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.template_versions');

alter table content.templates
  add constraint templates__current_version foreign key (tenant_id, id, current_version_id)
    references content.template_versions (tenant_id, template_id, id) on delete restrict deferrable;

create function content.refuse_published_change() returns trigger
language plpgsql as $$
begin
  raise exception 'version % of template % is published', old.version, old.template_id using errcode = 'restrict_violation';
end
$$;
create trigger template_versions__immutable before update on content.template_versions
  for each row when (
    old.published_at is not null and (
      old.tenant_id, old.id, old.template_id, old.version, old.package_hash, old.package_key, old.package_bytes,
      old.package_sha256, old.manifest::text, old.fps, old.engine_minimum, old.published_at
    ) is distinct from (
      new.tenant_id, new.id, new.template_id, new.version, new.package_hash, new.package_key, new.package_bytes,
      new.package_sha256, new.manifest::text, new.fps, new.engine_minimum, new.published_at
    )
  ) execute function content.refuse_published_change();

-- A file in a version's package.
create table content.assets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid not null,
  shared boolean not null default false,
  path text not null,
  hash bytea not null,
  media_type text not null,
  size_bytes bigint not null,
  width int,
  height int,
  constraint assets__primary primary key (tenant_id, id),
  constraint assets__version foreign key (tenant_id, version_id, shared)
    references content.template_versions (tenant_id, id, shared) on update cascade on delete cascade,
  constraint assets__path_once unique (tenant_id, version_id, path),
  constraint assets__path_shape check (path !~ '(^|/)(\.\.?)?(/|$)' and path !~ '[\\:]'),
  constraint assets__hash_length check (octet_length(hash) = 32),
  constraint assets__media_type_shape check (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  constraint assets__size check (size_bytes >= 0),
  constraint assets__measures check ((width is null) = (height is null) and width > 0 and height > 0)
);
comment on column content.assets.hash is 'SHA-256';
comment on column content.assets.width is 'pixels; null for what is no picture';
select platform.catalogue_rows('content.assets');

-- A font that is offered beside those that templates bring along.
create table content.fonts (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  family text not null,
  style text not null default 'Regular',
  weight int not null default 400,
  italic boolean not null default false,
  scripts text[] not null default '{}',
  file_id uuid not null,
  hash bytea not null,
  licence text not null,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint fonts__primary primary key (tenant_id, id),
  constraint fonts__hash_once unique (tenant_id, hash),
  constraint fonts__hash_length check (octet_length(hash) = 32),
  constraint fonts__weight_range check (weight between 1 and 1000),
  constraint fonts__states check (state in ('active', 'hidden'))
);
comment on column content.fonts.scripts is 'ISO 15924: Latn, Arab';
comment on column content.fonts.file_id is 'file_mgr.files.id';
comment on column content.fonts.hash is 'SHA-256 of the file';
create trigger fonts__touch before update on content.fonts
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.fonts');

-- A picture of the template traced to SVG, so that a palette is seen on it without a render.
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
  roles jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint template_svg_previews__primary primary key (tenant_id, id),
  constraint template_svg_previews__template foreign key (tenant_id, template_id, shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade,
  constraint template_svg_previews__cache_key_once unique (tenant_id, template_id, format, cache_key),
  constraint template_svg_previews__cache_key_length check (octet_length(cache_key) = 32),
  constraint template_svg_previews__format_shape check (format ~ '^[1-9]\d{0,2}:[1-9]\d{0,2}$'),
  constraint template_svg_previews__kept_once check (num_nonnulls(svg, svg_key) = 1),
  constraint template_svg_previews__roles_shape check (jsonb_typeof(roles) = 'object')
);
comment on column content.template_svg_previews.source_file_id is 'file_mgr.files.id; the picture that was dropped; it may be gone';
comment on column content.template_svg_previews.cache_key is 'SHA-256 of the picture and of all that decides how it is traced';
comment on column content.template_svg_previews.svg_key is 'a big SVG in object storage';
comment on column content.template_svg_previews.roles is 'palette role → the colour that stands for it in the SVG';
create trigger template_svg_previews__touch before update on content.template_svg_previews
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.template_svg_previews');

-- What a template is sorted under.
create table content.template_categories (
  tenant_id uuid not null,
  template_id uuid not null,
  category_id uuid not null,
  shared boolean not null default false,
  constraint template_categories__primary primary key (tenant_id, template_id, category_id),
  constraint template_categories__template foreign key (tenant_id, template_id, shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade
);
comment on column content.template_categories.category_id is 'content.categories.id; may be a tenant''s above';
create index template_categories__category on content.template_categories (tenant_id, category_id);
select platform.catalogue_rows('content.template_categories');

create table content.template_tags (
  tenant_id uuid not null,
  template_id uuid not null,
  tag_id uuid not null,
  shared boolean not null default false,
  constraint template_tags__primary primary key (tenant_id, template_id, tag_id),
  constraint template_tags__template foreign key (tenant_id, template_id, shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade
);
comment on column content.template_tags.tag_id is 'content.tags.id; may be a tenant''s above';
create index template_tags__tag on content.template_tags (tenant_id, tag_id);
select platform.catalogue_rows('content.template_tags');

create table content.template_industries (
  tenant_id uuid not null,
  template_id uuid not null,
  industry_id uuid not null,
  shared boolean not null default false,
  constraint template_industries__primary primary key (tenant_id, template_id, industry_id),
  constraint template_industries__template foreign key (tenant_id, template_id, shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade
);
comment on column content.template_industries.industry_id is 'content.industries.id; may be a tenant''s above';
create index template_industries__industry on content.template_industries (tenant_id, industry_id);
select platform.catalogue_rows('content.template_industries');

create table content.template_styles (
  tenant_id uuid not null,
  template_id uuid not null,
  style_id uuid not null,
  shared boolean not null default false,
  constraint template_styles__primary primary key (tenant_id, template_id, style_id),
  constraint template_styles__template foreign key (tenant_id, template_id, shared)
    references content.templates (tenant_id, id, shared) on update cascade on delete cascade
);
comment on column content.template_styles.style_id is 'content.styles.id; may be a tenant''s above';
create index template_styles__style on content.template_styles (tenant_id, style_id);
select platform.catalogue_rows('content.template_styles');

-- What a person thinks of a template, once.
create table content.ratings (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid not null,
  template_id uuid not null,
  stars int not null,
  comment text not null default '',
  state text not null default 'pending',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ratings__primary primary key (tenant_id, id),
  constraint ratings__owner_once unique (tenant_id, template_id, owner_id),
  constraint ratings__stars_range check (stars between 1 and 5),
  constraint ratings__comment_length check (length(comment) <= 2000),
  constraint ratings__states check (state in ('pending', 'shown', 'hidden'))
);
comment on column content.ratings.owner_id is 'identity.users.id, who may be gone: the stars stay';
comment on column content.ratings.template_id is 'content.templates.id; may be a tenant''s above';
create index ratings__sum on content.ratings (template_id) include (stars) where state = 'shown';
create index ratings__pending on content.ratings (tenant_id, created_at) where state = 'pending';
create trigger ratings__touch before update on content.ratings
  for each row execute function platform.touch_updated_at();
select platform.own_rows('content.ratings');

-- A template that a person wants to find again.
create table content.favourites (
  tenant_id uuid not null,
  owner_id uuid not null,
  template_id uuid not null,
  created_at timestamptz not null default now(),
  constraint favourites__primary primary key (tenant_id, owner_id, template_id)
);
comment on column content.favourites.owner_id is 'identity.users.id';
comment on column content.favourites.template_id is 'content.templates.id; may be a tenant''s above';
select platform.own_rows('content.favourites');

select platform.record_migration('06_content_projects');
