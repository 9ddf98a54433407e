-- What people make of templates: projects with their scenes and values, how they are shared and talked about, and the
-- audio library.

-- A piece of music or a sound effect to choose from.
create table studio.audio_tracks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  title jsonb not null,
  artist text,
  mood text,
  bpm numeric(5, 2),
  duration_ms int not null,
  loudness_lufs numeric(5, 2),
  file_id uuid not null,
  licence text not null,
  licence_url text,
  state text not null default 'draft',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint audio_tracks__primary primary key (tenant_id, id),
  constraint audio_tracks__kinds check (kind in ('music', 'sfx')),
  constraint audio_tracks__states check (state in ('draft', 'published', 'withdrawn')),
  constraint audio_tracks__localised check (jsonb_typeof(title) = 'object'),
  constraint audio_tracks__bpm_range check (bpm > 0),
  constraint audio_tracks__duration check (duration_ms > 0),
  constraint audio_tracks__loudness_range check (loudness_lufs between -99 and 0)
);
comment on column studio.audio_tracks.file_id is 'file_mgr.files.id';
comment on column studio.audio_tracks.loudness_lufs is 'integrated, EBU R 128';
comment on column studio.audio_tracks.licence is 'SPDX id, or the licence''s name';
create index audio_tracks__published on studio.audio_tracks (tenant_id, kind, mood, created_at desc) where state = 'published';
create trigger audio_tracks__touch before update on studio.audio_tracks
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('studio.audio_tracks');

-- Speech made from text. A recording that somebody brings is a file and no row here.
create table studio.voiceovers (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  text text not null,
  voice text not null,
  language text not null,
  engine text not null,
  state text not null default 'pending',
  file_id uuid,
  duration_ms int,
  failure_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint voiceovers__primary primary key (tenant_id, id),
  constraint voiceovers__states check (state in ('pending', 'ready', 'failed')),
  constraint voiceovers__ready check (state <> 'ready' or (file_id is not null and duration_ms is not null)),
  constraint voiceovers__failed check ((state = 'failed') = (failure_code is not null)),
  constraint voiceovers__duration check (duration_ms > 0),
  constraint voiceovers__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$')
);
comment on column studio.voiceovers.owner_id is 'identity.users.id; null for one made by a program';
comment on column studio.voiceovers.file_id is 'file_mgr.files.id';
comment on column studio.voiceovers.engine is 'what speaks, with its version';
create index voiceovers__newest on studio.voiceovers (tenant_id, owner_id, created_at desc);
create index voiceovers__pending on studio.voiceovers (created_at) where state = 'pending';
create trigger voiceovers__touch before update on studio.voiceovers
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.voiceovers');

-- Somebody's video in the making.
create table studio.saved_projects (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  template_id uuid not null,
  template_version_id uuid not null,
  name text not null,
  format text not null,
  language text not null,
  palette jsonb not null default '{}',
  music_source text not null default 'template',
  music_track_id uuid,
  music_file_id uuid,
  music_volume numeric(4, 3) not null default 1,
  music_trim_start_ms int not null default 0,
  music_trim_end_ms int,
  music_fade_in_ms int not null default 0,
  music_fade_out_ms int not null default 0,
  music_loop boolean not null default true,
  music_ducking boolean not null default true,
  sfx_enabled boolean not null default true,
  sfx_volume numeric(4, 3) not null default 1,
  clips_enabled boolean not null default true,
  clips_volume numeric(4, 3) not null default 1,
  voiceover_id uuid,
  voiceover_file_id uuid,
  voiceover_volume numeric(4, 3) not null default 1,
  voiceover_start_ms int not null default 0,
  voiceover_trim_start_ms int not null default 0,
  voiceover_trim_end_ms int,
  voiceover_fade_in_ms int not null default 0,
  voiceover_fade_out_ms int not null default 0,
  state text not null default 'draft',
  revision int not null default 1,
  thumbnail_file_id uuid,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_projects__primary primary key (tenant_id, id),
  constraint saved_projects__voiceover foreign key (tenant_id, voiceover_id)
    references studio.voiceovers (tenant_id, id) on delete set null (voiceover_id),
  constraint saved_projects__states check (state in ('draft', 'in_review', 'approved', 'archived')),
  constraint saved_projects__name_length check (length(name) between 1 and 200),
  constraint saved_projects__format_shape check (format ~ '^[1-9]\d{0,2}:[1-9]\d{0,2}$'),
  constraint saved_projects__language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$'),
  constraint saved_projects__palette_object check (jsonb_typeof(palette) = 'object'),
  constraint saved_projects__music_sources check (music_source in ('template', 'library', 'file', 'none')),
  constraint saved_projects__music_choice check (
    (music_source = 'library') = (music_track_id is not null) and (music_source = 'file') = (music_file_id is not null)
  ),
  constraint saved_projects__voiceover_choice check (num_nonnulls(voiceover_id, voiceover_file_id) <= 1),
  constraint saved_projects__volumes check (
    music_volume between 0 and 4 and sfx_volume between 0 and 4
    and clips_volume between 0 and 4 and voiceover_volume between 0 and 4
  ),
  constraint saved_projects__spans check (
    music_trim_start_ms >= 0 and music_trim_end_ms > music_trim_start_ms
    and voiceover_trim_start_ms >= 0 and voiceover_trim_end_ms > voiceover_trim_start_ms
  ),
  constraint saved_projects__times check (
    music_fade_in_ms >= 0 and music_fade_out_ms >= 0 and voiceover_start_ms >= 0
    and voiceover_fade_in_ms >= 0 and voiceover_fade_out_ms >= 0
  ),
  constraint saved_projects__revision_count check (revision >= 1)
);
comment on column studio.saved_projects.owner_id is 'identity.users.id; null for one made by a program';
comment on column studio.saved_projects.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column studio.saved_projects.template_version_id is 'content.template_versions.id; a newer version is taken up only when its owner says so';
comment on column studio.saved_projects.palette is 'role → colour, on top of the palette under "name"';
comment on column studio.saved_projects.music_track_id is 'studio.audio_tracks.id; no key: it may be shared by a tenant above';
comment on column studio.saved_projects.music_file_id is 'file_mgr.files.id';
comment on column studio.saved_projects.music_ducking is 'music steps back under the voice';
comment on column studio.saved_projects.clips_volume is 'of the own sound of videos in slots';
comment on column studio.saved_projects.voiceover_file_id is 'file_mgr.files.id; a recording';
comment on column studio.saved_projects.thumbnail_file_id is 'file_mgr.files.id';
comment on column studio.saved_projects.revision is 'counts saves: who saves on top of an older one is refused';
comment on column studio.saved_projects.deleted_at is 'in the bin since';
create index saved_projects__newest on studio.saved_projects (tenant_id, owner_id, updated_at desc) where deleted_at is null;
create index saved_projects__bin on studio.saved_projects (deleted_at) where deleted_at is not null;
create index saved_projects__template on studio.saved_projects (tenant_id, template_id);
create index saved_projects__voiceover on studio.saved_projects (tenant_id, voiceover_id) where voiceover_id is not null;
create trigger saved_projects__touch before update on studio.saved_projects
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.saved_projects');

-- One scene of the story, in its place.
create table studio.saved_scenes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  position int not null,
  scene_key text not null,
  duration_frames int,
  duration_follows text,
  transition_key text,
  transition_frames int,
  transition_direction text,
  voiceover_id uuid,
  voiceover_file_id uuid,
  voiceover_volume numeric(4, 3) not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_scenes__primary primary key (tenant_id, id),
  constraint saved_scenes__project foreign key (tenant_id, project_id)
    references studio.saved_projects (tenant_id, id) on delete cascade,
  constraint saved_scenes__voiceover foreign key (tenant_id, voiceover_id)
    references studio.voiceovers (tenant_id, id) on delete set null (voiceover_id),
  -- Deferred, so that scenes can change places within a transaction.
  constraint saved_scenes__position_once unique (tenant_id, project_id, position) deferrable initially deferred,
  constraint saved_scenes__position_range check (position >= 0),
  constraint saved_scenes__key_shape check (scene_key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint saved_scenes__duration check (duration_frames > 0),
  constraint saved_scenes__duration_follows check (duration_follows in ('text', 'media', 'voiceover')),
  constraint saved_scenes__duration_choice check (num_nonnulls(duration_frames, duration_follows) <= 1),
  constraint saved_scenes__transition check (
    transition_key is not null or (transition_frames is null and transition_direction is null)
  ),
  constraint saved_scenes__transition_frames check (transition_frames >= 0),
  constraint saved_scenes__transition_directions check (transition_direction in ('left', 'right', 'up', 'down')),
  constraint saved_scenes__voiceover_choice check (num_nonnulls(voiceover_id, voiceover_file_id) <= 1),
  constraint saved_scenes__volume check (voiceover_volume between 0 and 4)
);
comment on column studio.saved_scenes.scene_key is 'the scene''s id in the template; the same may stand in a story several times';
comment on column studio.saved_scenes.duration_frames is 'at the template''s frame rate; neither this nor duration_follows: as the template says';
comment on column studio.saved_scenes.transition_key is 'the transition''s id in the template, to the next scene; null: as the template says';
comment on column studio.saved_scenes.voiceover_file_id is 'file_mgr.files.id; a recording';
create index saved_scenes__voiceover on studio.saved_scenes (tenant_id, voiceover_id) where voiceover_id is not null;
create trigger saved_scenes__touch before update on studio.saved_scenes
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.saved_scenes');

-- What stands in one slot of one scene. No row: the template's default.
create table studio.saved_scene_values (
  tenant_id uuid not null,
  scene_id uuid not null,
  slot_key text not null,
  value jsonb not null,
  media_file_id uuid,
  updated_at timestamptz not null default now(),
  constraint saved_scene_values__primary primary key (tenant_id, scene_id, slot_key),
  constraint saved_scene_values__scene foreign key (tenant_id, scene_id)
    references studio.saved_scenes (tenant_id, id) on delete cascade,
  constraint saved_scene_values__key_shape check (slot_key ~ '^[a-z][a-zA-Z0-9_-]{0,63}$'),
  constraint saved_scene_values__value_kind check (jsonb_typeof(value) in ('string', 'number', 'boolean', 'object'))
);
comment on column studio.saved_scene_values.media_file_id is 'file_mgr.files.id; the source of the value, which holds how it is shown';
create index saved_scene_values__media on studio.saved_scene_values (tenant_id, media_file_id) where media_file_id is not null;
create trigger saved_scene_values__touch before update on studio.saved_scene_values
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.saved_scene_values');

-- A project as it once was, to go back to.
create table studio.project_revisions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  number int not null,
  snapshot jsonb not null,
  author_id uuid,
  label text,
  created_at timestamptz not null default now(),
  constraint project_revisions__primary primary key (tenant_id, id),
  constraint project_revisions__project foreign key (tenant_id, project_id)
    references studio.saved_projects (tenant_id, id) on delete cascade,
  constraint project_revisions__number_once unique (tenant_id, project_id, number),
  constraint project_revisions__number_count check (number >= 1),
  constraint project_revisions__snapshot_object check (jsonb_typeof(snapshot) = 'object')
);
comment on column studio.project_revisions.number is 'saved_projects.revision at that time';
comment on column studio.project_revisions.author_id is 'identity.users.id; null for one saved by a program';
select platform.own_rows('studio.project_revisions');

-- A link that lets in whoever has it.
create table studio.share_links (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  owner_id uuid,
  hash bytea not null,
  role text not null default 'view',
  password_hash text,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint share_links__primary primary key (tenant_id, id),
  constraint share_links__project foreign key (tenant_id, project_id)
    references studio.saved_projects (tenant_id, id) on delete cascade,
  constraint share_links__hash_once unique (hash),
  constraint share_links__hash_length check (octet_length(hash) = 32),
  constraint share_links__roles check (role in ('view', 'comment', 'edit'))
);
comment on column studio.share_links.owner_id is 'identity.users.id; who made it; null for one made by a program';
comment on column studio.share_links.hash is 'SHA-256 of the random part of the link';
comment on column studio.share_links.password_hash is 'Argon2id; null: the link is enough';
create index share_links__project on studio.share_links (tenant_id, project_id);
select platform.own_rows('studio.share_links');

-- With whom of the tenant's members a project is shared, its owner aside.
create table studio.project_members (
  tenant_id uuid not null,
  project_id uuid not null,
  user_id uuid not null,
  role text not null default 'view',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint project_members__primary primary key (tenant_id, project_id, user_id),
  constraint project_members__project foreign key (tenant_id, project_id)
    references studio.saved_projects (tenant_id, id) on delete cascade,
  constraint project_members__roles check (role in ('view', 'comment', 'edit'))
);
comment on column studio.project_members.user_id is 'identity.users.id';
create index project_members__user on studio.project_members (tenant_id, user_id);
create trigger project_members__touch before update on studio.project_members
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.project_members');

-- A remark about a moment of the video, or an answer to one.
create table studio.comments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  project_id uuid not null,
  parent_id uuid,
  scene_id uuid,
  author_id uuid,
  author_name text,
  share_link_id uuid,
  time_ms int,
  text text not null,
  resolved_at timestamptz,
  resolved_by_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint comments__primary primary key (tenant_id, id),
  constraint comments__project foreign key (tenant_id, project_id)
    references studio.saved_projects (tenant_id, id) on delete cascade,
  constraint comments__once_in_project unique (tenant_id, project_id, id),
  constraint comments__parent foreign key (tenant_id, project_id, parent_id)
    references studio.comments (tenant_id, project_id, id) on delete cascade,
  constraint comments__scene foreign key (tenant_id, scene_id)
    references studio.saved_scenes (tenant_id, id) on delete set null (scene_id),
  constraint comments__share_link foreign key (tenant_id, share_link_id)
    references studio.share_links (tenant_id, id) on delete set null (share_link_id),
  constraint comments__not_its_own check (parent_id <> id),
  constraint comments__author check (num_nonnulls(author_id, author_name) = 1),
  constraint comments__time check (time_ms >= 0),
  constraint comments__text_length check (length(text) between 1 and 10000),
  constraint comments__resolved check (resolved_at is not null or resolved_by_id is null)
);
comment on column studio.comments.author_id is 'identity.users.id';
comment on column studio.comments.author_name is 'as a guest gave it, who came by a link';
comment on column studio.comments.time_ms is 'on the timeline as it was then: the scene tells where that has moved; null: about the whole';
comment on column studio.comments.resolved_by_id is 'identity.users.id';
create index comments__parent on studio.comments (tenant_id, project_id, parent_id) where parent_id is not null;
create index comments__scene on studio.comments (tenant_id, scene_id) where scene_id is not null;
create index comments__share_link on studio.comments (tenant_id, share_link_id) where share_link_id is not null;
create trigger comments__touch before update on studio.comments
  for each row execute function platform.touch_updated_at();
select platform.own_rows('studio.comments');

select platform.record_migration('10_studio_saved_projects');
