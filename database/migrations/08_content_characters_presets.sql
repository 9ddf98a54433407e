-- Characters, and what else is picked ready-made: palettes, pairs of fonts, stories.

-- A figure that scenes can show: parts, put in a pose, in an outfit.
create table content.characters (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  slug citext not null,
  name jsonb not null,
  description jsonb not null default '{}',
  cover_file_id uuid,
  position int not null default 0,
  state text not null default 'draft',
  shared boolean not null default false,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint characters__primary primary key (tenant_id, id),
  constraint characters__shared_whole unique (tenant_id, id, shared),
  constraint characters__slug_once unique (tenant_id, slug),
  constraint characters__slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  constraint characters__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint characters__states check (state in ('draft', 'published', 'archived')),
  constraint characters__drafts_unshared check (state <> 'draft' or not shared),
  constraint characters__revision_count check (revision >= 1)
);
comment on column content.characters.owner_id is 'identity.users.id, who may be gone; its designer; null for one that came with the platform';
comment on column content.characters.cover_file_id is 'file_mgr.files.id';
create trigger characters__touch before update on content.characters
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.characters');

-- A limb or feature with its drawing, a Lottie; it hangs on another and moves with it.
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
  position int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint character_parts__primary primary key (tenant_id, id),
  constraint character_parts__character foreign key (tenant_id, character_id, shared)
    references content.characters (tenant_id, id, shared) on update cascade on delete cascade,
  constraint character_parts__key_once unique (tenant_id, character_id, key),
  constraint character_parts__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint character_parts__localised check (jsonb_typeof(name) = 'object'),
  constraint character_parts__whole unique (tenant_id, character_id, id),
  constraint character_parts__parent foreign key (tenant_id, character_id, parent_id)
    references content.character_parts (tenant_id, character_id, id) on delete cascade,
  constraint character_parts__not_own_parent check (parent_id <> id),
  constraint character_parts__hash_length check (octet_length(drawing_hash) = 32)
);
comment on column content.character_parts.position is 'from the back to the front';
comment on column content.character_parts.drawing_key is 'in object storage';
comment on column content.character_parts.drawing_hash is 'SHA-256';
create index character_parts__children on content.character_parts (tenant_id, character_id, parent_id);
create trigger character_parts__touch before update on content.character_parts
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.character_parts');

-- How the parts stand.
create table content.character_poses (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  character_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  placements jsonb not null default '{}',
  preview_file_id uuid,
  position int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint character_poses__primary primary key (tenant_id, id),
  constraint character_poses__character foreign key (tenant_id, character_id, shared)
    references content.characters (tenant_id, id, shared) on update cascade on delete cascade,
  constraint character_poses__key_once unique (tenant_id, character_id, key),
  constraint character_poses__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint character_poses__localised check (jsonb_typeof(name) = 'object'),
  constraint character_poses__placements_shape check (jsonb_typeof(placements) = 'object')
);
comment on column content.character_poses.placements is 'part key → position, rotation, scale; a part it leaves out stands as drawn';
comment on column content.character_poses.preview_file_id is 'file_mgr.files.id';
create trigger character_poses__touch before update on content.character_poses
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.character_poses');

-- What it wears: other drawings for parts, and colours.
create table content.character_outfits (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  character_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  drawings jsonb not null default '{}',
  colors jsonb not null default '{}',
  preview_file_id uuid,
  position int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint character_outfits__primary primary key (tenant_id, id),
  constraint character_outfits__character foreign key (tenant_id, character_id, shared)
    references content.characters (tenant_id, id, shared) on update cascade on delete cascade,
  constraint character_outfits__key_once unique (tenant_id, character_id, key),
  constraint character_outfits__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint character_outfits__localised check (jsonb_typeof(name) = 'object'),
  constraint character_outfits__drawings_shape check (jsonb_typeof(drawings) = 'object'),
  constraint character_outfits__colors_shape check (
    jsonb_typeof(colors) = 'object'
    and not jsonb_path_exists(colors, 'strict $.* ? (@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))')
  )
);
comment on column content.character_outfits.drawings is 'part key → its drawing''s key in object storage';
comment on column content.character_outfits.colors is 'role → #rrggbb';
comment on column content.character_outfits.preview_file_id is 'file_mgr.files.id';
create trigger character_outfits__touch before update on content.character_outfits
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.character_outfits');

-- Colours that go together, by role.
create table content.palettes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  colors jsonb not null,
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint palettes__primary primary key (tenant_id, id),
  constraint palettes__key_once unique (tenant_id, key),
  constraint palettes__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint palettes__localised check (jsonb_typeof(name) = 'object'),
  constraint palettes__colors_shape check (
    jsonb_typeof(colors) = 'object' and colors <> '{}'
    and not jsonb_path_exists(colors, 'strict $.* ? (@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))')
  ),
  constraint palettes__states check (state in ('active', 'hidden'))
);
comment on column content.palettes.colors is 'role → #rrggbb';
create trigger palettes__touch before update on content.palettes
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.palettes');

-- Two fonts that go together.
create table content.font_pairs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  heading_font_id uuid not null,
  body_font_id uuid not null,
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint font_pairs__primary primary key (tenant_id, id),
  constraint font_pairs__key_once unique (tenant_id, key),
  constraint font_pairs__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint font_pairs__localised check (jsonb_typeof(name) = 'object'),
  constraint font_pairs__states check (state in ('active', 'hidden'))
);
comment on column content.font_pairs.heading_font_id is 'content.fonts.id; may be a tenant''s above';
comment on column content.font_pairs.body_font_id is 'content.fonts.id; may be a tenant''s above';
create trigger font_pairs__touch before update on content.font_pairs
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.font_pairs');

-- A ready-made story: one of a version, as its manifest says, or one that an editor made for a template.
create table content.story_presets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid,
  template_id uuid,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  story jsonb not null,
  preview_file_id uuid,
  position int not null default 0,
  state text not null default 'active',
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint story_presets__primary primary key (tenant_id, id),
  constraint story_presets__version foreign key (tenant_id, version_id, shared)
    references content.template_versions (tenant_id, id, shared) on update cascade on delete cascade,
  constraint story_presets__of_one check (num_nonnulls(version_id, template_id) = 1),
  constraint story_presets__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint story_presets__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint story_presets__story_shape check (jsonb_path_exists(story, 'strict $.scenes[0]', '{}', true) is true),
  constraint story_presets__states check (state in ('active', 'hidden')),
  constraint story_presets__revision_count check (revision >= 1)
);
comment on column content.story_presets.template_id is 'content.templates.id; may be a tenant''s above';
comment on column content.story_presets.story is 'modifications: scenes in order with their values, palette, audio';
comment on column content.story_presets.preview_file_id is 'file_mgr.files.id';
create unique index story_presets__version_key_once on content.story_presets (tenant_id, version_id, key)
  where version_id is not null;
create unique index story_presets__template_key_once on content.story_presets (tenant_id, template_id, key)
  where template_id is not null;
create trigger story_presets__touch before update on content.story_presets
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.story_presets');

select platform.record_migration('08_content_characters_presets');
