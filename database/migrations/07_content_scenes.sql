-- What a version's manifest says of scenes, slots and transitions, as rows that can be asked. Written when the package
-- is checked; the manifest stays the truth.

-- One animation of a version, in every format.
create table content.scenes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid not null,
  shared boolean not null default false,
  key text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  position int not null,
  formats text[] not null,
  default_frames int not null,
  min_frames int,
  max_frames int,
  follows text not null default 'nothing',
  snapshot_frame double precision not null,
  constraint scenes__primary primary key (tenant_id, id),
  constraint scenes__shared_whole unique (tenant_id, id, shared),
  constraint scenes__version foreign key (tenant_id, version_id, shared)
    references content.template_versions (tenant_id, id, shared) on update cascade on delete cascade,
  constraint scenes__key_once unique (tenant_id, version_id, key),
  constraint scenes__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint scenes__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint scenes__position_range check (position >= 0),
  constraint scenes__formats_some check (cardinality(formats) > 0),
  constraint scenes__frames_range check (
    default_frames > 0 and min_frames > 0 and max_frames > 0
    and min_frames <= default_frames and default_frames <= max_frames
  ),
  constraint scenes__followed check (follows in ('nothing', 'text', 'media', 'voiceover')),
  constraint scenes__snapshot_range check (snapshot_frame >= 0)
);
comment on column content.scenes.default_frames is 'this, min_frames and max_frames count at the version''s frame rate';
comment on column content.scenes.follows is 'what decides how long it lasts when the person doesn''t';
comment on column content.scenes.snapshot_frame is 'of its own animation; the manifest may name a part of a frame';
select platform.catalogue_rows('content.scenes');

-- An editable place of a scene.
create table content.slots (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  scene_id uuid not null,
  shared boolean not null default false,
  key text not null,
  type text not null,
  name jsonb not null default '{}',
  description jsonb not null default '{}',
  position int not null,
  required boolean not null default false,
  constraints jsonb not null default '{}',
  constraint slots__primary primary key (tenant_id, id),
  constraint slots__scene foreign key (tenant_id, scene_id, shared)
    references content.scenes (tenant_id, id, shared) on update cascade on delete cascade,
  constraint slots__key_once unique (tenant_id, scene_id, key),
  constraint slots__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint slots__types check (type in ('text', 'image', 'media', 'color', 'number', 'boolean', 'choice')),
  constraint slots__localised check (jsonb_typeof(name) = 'object' and jsonb_typeof(description) = 'object'),
  constraint slots__position_range check (position >= 0),
  constraint slots__constraints_shape check (jsonb_typeof(constraints) = 'object')
);
comment on column content.slots.constraints is 'the rest of the slot in the manifest: maxCharacters, fit, options and so on';
select platform.catalogue_rows('content.slots');

-- How one scene gives way to the next: a version's own, or one of no version that is offered to all.
create table content.transitions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  version_id uuid,
  shared boolean not null default false,
  key text not null,
  name jsonb not null default '{}',
  type text not null,
  direction text not null default 'left',
  default_overlap_frames int not null default 0,
  position int not null default 0,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint transitions__primary primary key (tenant_id, id),
  constraint transitions__version foreign key (tenant_id, version_id, shared)
    references content.template_versions (tenant_id, id, shared) on update cascade on delete cascade,
  constraint transitions__key_once unique nulls not distinct (tenant_id, version_id, key),
  constraint transitions__key_shape check (key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint transitions__localised check (jsonb_typeof(name) = 'object'),
  constraint transitions__types check (type in ('cut', 'crossfade', 'slide', 'push', 'wipe', 'zoom')),
  constraint transitions__directions check (direction in ('left', 'right', 'up', 'down')),
  constraint transitions__overlap_range check (default_overlap_frames between 0 and 600),
  constraint transitions__cuts_have_none check (type <> 'cut' or default_overlap_frames = 0),
  constraint transitions__states check (state in ('active', 'hidden'))
);
comment on column content.transitions.default_overlap_frames is 'at the version''s frame rate; at 30 frames a second where it has no version';
create trigger transitions__touch before update on content.transitions
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('content.transitions');

-- A transition that may lead out of a scene. Without any, all of the version's may.
create table content.scene_transitions (
  tenant_id uuid not null,
  scene_id uuid not null,
  transition_id uuid not null,
  shared boolean not null default false,
  constraint scene_transitions__primary primary key (tenant_id, scene_id, transition_id),
  constraint scene_transitions__scene foreign key (tenant_id, scene_id, shared)
    references content.scenes (tenant_id, id, shared) on update cascade on delete cascade
);
comment on column content.scene_transitions.transition_id is 'content.transitions.id; may be a tenant''s above';
select platform.catalogue_rows('content.scene_transitions');

select platform.record_migration('07_content_scenes');
