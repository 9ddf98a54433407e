-- From a request to a file: render jobs, the segments that they are made of, the frame jobs that nodes lease, and what
-- comes out. A segment, a frame job or a snapshot belongs to the tenant that its inputs belong to: what is made of shared
-- inputs alone is kept under the publishing tenant, once for all who see the template.

-- A ready-made choice of output: 1080p for the web, a square GIF.
create table render.output_presets (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key text not null,
  name jsonb not null,
  output jsonb not null,
  position int not null default 0,
  state text not null default 'active',
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint output_presets__primary primary key (tenant_id, id),
  constraint output_presets__key_once unique (tenant_id, key),
  constraint output_presets__key_shape check (key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  constraint output_presets__states check (state in ('active', 'retired')),
  constraint output_presets__localised check (jsonb_typeof(name) = 'object'),
  constraint output_presets__output_object check (jsonb_typeof(output) = 'object')
);
comment on column render.output_presets.output is 'as in render_jobs.output';
create trigger output_presets__touch before update on render.output_presets
  for each row execute function platform.touch_updated_at();
select platform.catalogue_rows('render.output_presets');

-- Many renders of one template, from a table of rows.
create table render.batches (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  account_id uuid not null,
  name text,
  rows_total int not null,
  rows_done int not null default 0,
  rows_failed int not null default 0,
  row_errors jsonb not null default '[]',
  all_or_nothing boolean not null default false,
  zip boolean not null default false,
  state text not null default 'running',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint batches__primary primary key (tenant_id, id),
  constraint batches__states check (state in ('running', 'succeeded', 'failed', 'cancelled')),
  constraint batches__finished check ((state = 'running') = (finished_at is null)),
  constraint batches__rows check (rows_total > 0 and rows_done >= 0 and rows_failed >= 0 and rows_done + rows_failed <= rows_total),
  constraint batches__errors_array check (jsonb_typeof(row_errors) = 'array'),
  constraint batches__metadata_object check (jsonb_typeof(metadata) = 'object')
);
comment on column render.batches.owner_id is 'identity.users.id; null for one made by a program';
comment on column render.batches.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column render.batches.row_errors is 'rows that were refused and never became a render: row, code, data';
comment on column render.batches.state is 'succeeded with rows_failed above 0 where it isn''t all or nothing';
create index batches__newest on render.batches (tenant_id, owner_id, created_at desc);
create trigger batches__touch before update on render.batches
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.batches');

-- One video to be made. Credits are reserved, and settled, under its id.
create table render.render_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  api_key_id uuid,
  account_id uuid not null,
  template_id uuid not null,
  template_version_id uuid not null,
  template_package jsonb not null,
  project_id uuid,
  project_revision int,
  batch_id uuid,
  batch_row int,
  retry_of_id uuid,
  modifications jsonb not null,
  output jsonb not null,
  output_preset_id uuid,
  metadata jsonb not null default '{}',
  webhook_url text,
  lane text not null default 'interactive',
  priority int not null default 0,
  running_cap int,
  watermarked boolean not null default false,
  has_voiceover boolean not null default false,
  media jsonb not null default '{}',
  state text not null default 'queued',
  plan_hash bytea,
  plan_object_key text,
  frames_total int,
  frames_done int not null default 0,
  frames_cached int not null default 0,
  frames_repaired int not null default 0,
  credits_quoted bigint not null default 0,
  credits_reserved bigint not null default 0,
  credits_settled bigint,
  warnings jsonb not null default '[]',
  failure_code text,
  failure_data jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  preparing_at timestamptz,
  rendering_at timestamptz,
  assembling_at timestamptz,
  finished_at timestamptz,
  constraint render_jobs__primary primary key (tenant_id, id),
  constraint render_jobs__batch foreign key (tenant_id, batch_id)
    references render.batches (tenant_id, id) on delete restrict,
  -- Sent twice, a row is still one render.
  constraint render_jobs__batch_row_once unique (tenant_id, batch_id, batch_row),
  constraint render_jobs__batch_row check ((batch_id is null) = (batch_row is null) and batch_row >= 0),
  constraint render_jobs__retry_of foreign key (tenant_id, retry_of_id)
    references render.render_jobs (tenant_id, id) on delete set null (retry_of_id),
  constraint render_jobs__not_its_own check (retry_of_id <> id),
  constraint render_jobs__states check (
    state in ('queued', 'preparing', 'rendering', 'assembling', 'succeeded', 'failed', 'cancelled')
  ),
  constraint render_jobs__lanes check (lane in ('preview', 'interactive', 'batch')),
  constraint render_jobs__finished check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
  constraint render_jobs__failed check ((state = 'failed') = (failure_code is not null)),
  constraint render_jobs__planned check (
    state not in ('rendering', 'assembling', 'succeeded')
    or (plan_hash is not null and plan_object_key is not null and frames_total is not null)
  ),
  constraint render_jobs__plan_length check (octet_length(plan_hash) = 32),
  constraint render_jobs__frames check (
    frames_total > 0 and frames_cached >= 0 and frames_repaired >= 0
    and frames_cached <= frames_done and frames_done <= coalesce(frames_total, 0)
  ),
  constraint render_jobs__all_frames check (state <> 'succeeded' or frames_done = frames_total),
  constraint render_jobs__credits check (
    credits_quoted >= 0 and credits_reserved >= credits_quoted and credits_settled between 0 and credits_reserved
  ),
  constraint render_jobs__running_cap check (running_cap > 0),
  constraint render_jobs__project check (project_id is not null or project_revision is null),
  constraint render_jobs__webhook_shape check (webhook_url ~ '^https?://'),
  constraint render_jobs__objects check (
    jsonb_typeof(modifications) = 'object' and jsonb_typeof(output) = 'object' and jsonb_typeof(metadata) = 'object'
    and jsonb_typeof(warnings) = 'array' and jsonb_typeof(failure_data) = 'object'
    and jsonb_typeof(template_package) = 'object' and jsonb_typeof(media) = 'object'
  )
);
comment on column render.render_jobs.owner_id is 'identity.users.id; null for one made by a program';
comment on column render.render_jobs.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.render_jobs.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column render.render_jobs.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column render.render_jobs.template_version_id is 'content.template_versions.id';
comment on column render.render_jobs.template_package is 'where the package is stored, its hashes, and the tenant that publishes it, so that nobody is asked again';
comment on column render.render_jobs.project_id is 'studio.saved_projects.id; its modifications were taken at project_revision';
comment on column render.render_jobs.output_preset_id is 'render.output_presets.id; no key: it may be shared by a tenant above, and output says all';
comment on column render.render_jobs.output is 'container and settings of the video, nothing left to default';
comment on column render.render_jobs.metadata is 'the caller''s own: given back, and searched';
comment on column render.render_jobs.priority is 'by plan; higher goes first within account and lane';
comment on column render.render_jobs.running_cap is 'by plan: so many renders of the account are worked on at once; null: no cap';
comment on column render.render_jobs.watermarked is 'by plan: our mark lies over it';
comment on column render.render_jobs.media is 'src of the story → hash, storage key, bytes and extension of the file, once it was found';
comment on column render.render_jobs.plan_hash is 'SHA-256 of the frozen plan';
comment on column render.render_jobs.frames_done is 'cached ones among them';
comment on column render.render_jobs.frames_repaired is 'frames painted again because they came out wrong';
comment on column render.render_jobs.credits_quoted is 'of those reserved, what was reserved at submit, under the render''s id; the rest, once media were known, under its id and :rest';
comment on column render.render_jobs.credits_settled is 'null until the end; nothing for one that failed or was cancelled';
comment on column render.render_jobs.failure_data is 'which scene, slot, node and crash, and what to do';
create index render_jobs__newest on render.render_jobs (tenant_id, created_at desc);
create index render_jobs__owner on render.render_jobs (tenant_id, owner_id, created_at desc);
create index render_jobs__template on render.render_jobs (tenant_id, template_id, created_at desc);
create index render_jobs__project on render.render_jobs (tenant_id, project_id, created_at desc) where project_id is not null;
create index render_jobs__retries on render.render_jobs (tenant_id, retry_of_id) where retry_of_id is not null;
create index render_jobs__metadata on render.render_jobs using gin (metadata jsonb_path_ops);
create index render_jobs__open on render.render_jobs (tenant_id, account_id, state)
  where state in ('queued', 'preparing', 'rendering', 'assembling');
create index render_jobs__queue on render.render_jobs (state, created_at) where state in ('queued', 'preparing');
create trigger render_jobs__touch before update on render.render_jobs
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.render_jobs');

-- A tenant's place among the tenants: whoever has had least work for its weight is served next.
create table render.tenant_shares (
  tenant_id uuid not null,
  weight int not null default 100,
  virtual_ms double precision not null default 0,
  pending_preview int not null default 0,
  pending_interactive int not null default 0,
  pending_batch int not null default 0,
  running int not null default 0,
  updated_at timestamptz not null default now(),
  constraint tenant_shares__primary primary key (tenant_id),
  constraint tenant_shares__weight_range check (weight > 0),
  constraint tenant_shares__counts check (
    pending_preview >= 0 and pending_interactive >= 0 and pending_batch >= 0 and running >= 0
  )
);
comment on column render.tenant_shares.virtual_ms is 'work had, divided by weight; who comes back after a rest starts from the least of the others, so that rest isn''t saved up';
comment on column render.tenant_shares.pending_preview is 'frame jobs; counted, so that a lease never looks through all that waits';
create index tenant_shares__waiting on render.tenant_shares (virtual_ms)
  where pending_preview + pending_interactive + pending_batch > 0;
create trigger tenant_shares__touch before update on render.tenant_shares
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.tenant_shares');

-- The same for the accounts within a tenant, with the cap that the plan sets.
create table render.account_shares (
  tenant_id uuid not null,
  account_id uuid not null,
  weight int not null default 100,
  virtual_ms double precision not null default 0,
  pending_preview int not null default 0,
  pending_interactive int not null default 0,
  pending_batch int not null default 0,
  running int not null default 0,
  running_cap int,
  running_burst int not null default 0,
  updated_at timestamptz not null default now(),
  constraint account_shares__primary primary key (tenant_id, account_id),
  constraint account_shares__tenant foreign key (tenant_id) references render.tenant_shares (tenant_id) on delete cascade,
  constraint account_shares__weight_range check (weight > 0),
  constraint account_shares__cap_range check (running_cap > 0 and running_burst >= 0),
  constraint account_shares__counts check (
    pending_preview >= 0 and pending_interactive >= 0 and pending_batch >= 0 and running >= 0
  )
);
comment on column render.account_shares.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column render.account_shares.running_cap is 'frame jobs at once; null: no cap';
comment on column render.account_shares.running_burst is 'so many above the cap while nodes would stand idle';
create index account_shares__waiting on render.account_shares (tenant_id, virtual_ms)
  where pending_preview + pending_interactive + pending_batch > 0;
create trigger account_shares__touch before update on render.account_shares
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.account_shares');

-- The unit of dispatch: consecutive missing segments of one scene, or another piece of work for a node.
create table render.frame_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  kind text not null default 'frames',
  payer_tenant_id uuid not null,
  account_id uuid not null,
  render_job_id uuid,
  lane text not null default 'interactive',
  priority int not null default 0,
  engine text not null default 'lottie',
  engine_build text,
  template_hash bytea,
  needed_memory_bytes bigint not null default 0,
  frames int not null default 0,
  estimated_ms int not null default 0,
  input jsonb not null,
  waiters int not null default 0,
  state text not null default 'pending',
  attempts int not null default 0,
  tried_node_ids uuid[] not null default '{}',
  not_before_at timestamptz not null default now(),
  node_id uuid,
  fence bigint not null default 0,
  leased_at timestamptz,
  lease_expires_at timestamptz,
  result jsonb,
  error jsonb,
  worked_ms int,
  queued_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint frame_jobs__primary primary key (tenant_id, id),
  constraint frame_jobs__render_job foreign key (tenant_id, render_job_id)
    references render.render_jobs (tenant_id, id) on delete cascade,
  constraint frame_jobs__kinds check (kind in ('frames', 'probe', 'thumbnail', 'snapshot', 'assemble')),
  constraint frame_jobs__lanes check (lane in ('preview', 'interactive', 'batch')),
  constraint frame_jobs__states check (state in ('pending', 'leased', 'verified', 'cached', 'failed', 'cancelled')),
  constraint frame_jobs__leased check ((state = 'leased') = (lease_expires_at is not null)),
  constraint frame_jobs__lease_holder check (state <> 'leased' or (node_id is not null and leased_at is not null and fence > 0)),
  constraint frame_jobs__finished check ((state in ('pending', 'leased')) = (finished_at is null)),
  constraint frame_jobs__failed check (state <> 'failed' or error is not null),
  constraint frame_jobs__build check (kind <> 'frames' or (engine_build is not null and frames > 0)),
  constraint frame_jobs__hash_length check (octet_length(template_hash) = 32),
  constraint frame_jobs__counts check (
    frames >= 0 and waiters >= 0 and attempts >= 0 and fence >= 0
    and needed_memory_bytes >= 0 and estimated_ms >= 0 and worked_ms >= 0
  ),
  constraint frame_jobs__input_object check (jsonb_typeof(input) = 'object')
);
comment on column render.frame_jobs.payer_tenant_id is 'identity.tenants.id; on whose share the work counts: it asked first';
comment on column render.frame_jobs.account_id is 'the payer''s account: identity.users.id where it bills per user, else identity.tenants.id';
comment on column render.frame_jobs.render_job_id is 'what is assembled; frames have pins in its place, for many may wait for them';
comment on column render.frame_jobs.lane is 'the highest of those who wait';
comment on column render.frame_jobs.waiters is 'who still wants it; at none it is cancelled, if nobody has begun';
comment on column render.frame_jobs.engine_build is 'what a node must run; null: any will do';
comment on column render.frame_jobs.template_hash is 'the package''s content hash: a node that holds it is preferred';
comment on column render.frame_jobs.estimated_ms is 'learned work; shares are charged with it, and with the difference to worked_ms at the end';
comment on column render.frame_jobs.tried_node_ids is 'render.nodes.id; the next attempt goes elsewhere if there is an elsewhere';
comment on column render.frame_jobs.not_before_at is 'backoff after a failed attempt';
comment on column render.frame_jobs.node_id is 'render.nodes.id; no key: the node is another tenant''s as a rule';
comment on column render.frame_jobs.fence is 'fencing number: each lease has a higher one, and reports with a lower one are refused';
comment on column render.frame_jobs.lease_expires_at is 'by PostgreSQL''s clock';
comment on column render.frame_jobs.error is 'of the last attempt: code, data, crash';
-- A lease goes down this from lane, tenant and account straight to their oldest.
create index frame_jobs__queue on render.frame_jobs
  (engine, engine_build, lane, payer_tenant_id, account_id, priority desc, queued_at) where state = 'pending';
-- Whatever has waited too long goes first, whoever's it is.
create index frame_jobs__oldest on render.frame_jobs (engine, engine_build, queued_at) where state = 'pending';
create index frame_jobs__expiring on render.frame_jobs (lease_expires_at) where state = 'leased';
create index frame_jobs__node on render.frame_jobs (node_id, id) where state = 'leased';
create index frame_jobs__render_job on render.frame_jobs (tenant_id, render_job_id) where render_job_id is not null;
create index frame_jobs__finished on render.frame_jobs (finished_at) where finished_at is not null;
select platform.own_rows('render.frame_jobs');

-- A file that nodes get beside packages and people's own: plans, compiled scenes, media that were fetched or lay in a package.
create table render.inputs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  hash bytea,
  extension text not null default '',
  bytes bigint,
  object_key text not null,
  state text not null default 'storing',
  last_used_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint inputs__primary primary key (tenant_id, id),
  constraint inputs__object_once unique (object_key),
  constraint inputs__ready check (state <> 'ready' or (hash is not null and bytes is not null)),
  constraint inputs__states check (state in ('storing', 'ready', 'removing')),
  constraint inputs__hash_length check (octet_length(hash) = 32),
  constraint inputs__extension_shape check (extension ~ '^(\.[a-z0-9]{1,15})?$'),
  constraint inputs__size check (bytes > 0)
);
comment on column render.inputs.hash is 'SHA-256 of the file; null while one is fetched';
comment on column render.inputs.extension is 'with its dot, or empty';
comment on column render.inputs.state is 'the row is there before its file and after it: no file is without a row';
create unique index inputs__file_once on render.inputs (tenant_id, hash, extension) where state = 'ready';
create index inputs__least_used on render.inputs (last_used_at);
select platform.own_rows('render.inputs');

-- A render counts on an input; while it does, that isn't removed.
create table render.input_pins (
  tenant_id uuid not null,
  input_id uuid not null,
  job_tenant_id uuid not null,
  render_job_id uuid not null,
  created_at timestamptz not null default now(),
  constraint input_pins__primary primary key (tenant_id, input_id, job_tenant_id, render_job_id),
  constraint input_pins__input foreign key (tenant_id, input_id)
    references render.inputs (tenant_id, id) on delete restrict
);
comment on column render.input_pins.job_tenant_id is 'identity.tenants.id; whose render it is';
comment on column render.input_pins.render_job_id is 'render.render_jobs.id under job_tenant_id; no key: the input may belong to a tenant above';
create index input_pins__render_job on render.input_pins (job_tenant_id, render_job_id);
select platform.own_rows('render.input_pins');

-- What a file of a person is, as a node found it: no file is probed twice.
create table render.probes (
  tenant_id uuid not null,
  hash bytea not null,
  state text not null default 'pending',
  frame_job_id uuid,
  info jsonb,
  failure jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint probes__primary primary key (tenant_id, hash),
  constraint probes__frame_job foreign key (tenant_id, frame_job_id)
    references render.frame_jobs (tenant_id, id) on delete set null (frame_job_id),
  constraint probes__hash_length check (octet_length(hash) = 32),
  constraint probes__states check (state in ('pending', 'known', 'failed')),
  constraint probes__finished check ((state = 'pending') = (finished_at is null)),
  constraint probes__known check ((state = 'known') = (info is not null)),
  constraint probes__failed check ((state = 'failed') = (failure is not null)),
  constraint probes__objects check (jsonb_typeof(info) = 'object' and jsonb_typeof(failure) = 'object')
);
comment on column render.probes.hash is 'SHA-256 of the file';
comment on column render.probes.failure is 'code and data: it is no picture, video or sound';
create index probes__frame_job on render.probes (tenant_id, frame_job_id) where frame_job_id is not null;
select platform.own_rows('render.probes');

-- The unit of cache and repair: one closed-GOP encoder run, named by all that can change a bit of it.
create table render.segments (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  key bytea not null,
  frames int not null,
  arch text not null,
  engine_build text not null,
  state text not null default 'missing',
  frame_job_id uuid,
  object_key text,
  bytes bigint,
  hash bytea,
  verified_at timestamptz,
  last_used_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint segments__primary primary key (tenant_id, id),
  constraint segments__key_once unique (tenant_id, key),
  constraint segments__key_length check (octet_length(key) = 32),
  constraint segments__frame_job foreign key (tenant_id, frame_job_id)
    references render.frame_jobs (tenant_id, id) on delete set null (frame_job_id),
  constraint segments__states check (state in ('missing', 'rendering', 'verified', 'lost', 'evicted')),
  constraint segments__verified check (
    state <> 'verified' or (object_key is not null and bytes is not null and hash is not null and verified_at is not null)
  ),
  constraint segments__frames_count check (frames > 0),
  constraint segments__size check (bytes > 0),
  constraint segments__hash_length check (octet_length(hash) = 32)
);
comment on column render.segments.key is 'the segment key, SHA-256';
comment on column render.segments.frame_job_id is 'what paints it now, or did last';
comment on column render.segments.hash is 'SHA-256 of the object: kept when it is lost or evicted, for what is painted again has the same bits';
comment on column render.segments.object_key is 'named before the upload and cleared once the object is gone: no object is without a row';
create index segments__frame_job on render.segments (tenant_id, frame_job_id) where frame_job_id is not null;
create index segments__least_used on render.segments (last_used_at) where state = 'verified';
select platform.own_rows('render.segments');

-- A render counts on a segment: while it does, that isn't evicted. Evicting locks the segment `for update` before it looks
-- for pins; a pin that is being written holds it off by its key.
create table render.segment_pins (
  tenant_id uuid not null,
  segment_id uuid not null,
  job_tenant_id uuid not null,
  render_job_id uuid not null,
  frames int not null,
  created_at timestamptz not null default now(),
  constraint segment_pins__primary primary key (tenant_id, segment_id, job_tenant_id, render_job_id),
  constraint segment_pins__segment foreign key (tenant_id, segment_id)
    references render.segments (tenant_id, id) on delete restrict,
  constraint segment_pins__frames_count check (frames > 0)
);
comment on column render.segment_pins.frames is 'of the render''s timeline; a segment may stand in it several times';
comment on column render.segment_pins.job_tenant_id is 'identity.tenants.id; whose render it is';
comment on column render.segment_pins.render_job_id is 'render.render_jobs.id under job_tenant_id; no key: the segment may belong to a tenant above';
create index segment_pins__render_job on render.segment_pins (job_tenant_id, render_job_id);
select platform.own_rows('render.segment_pins');

-- Frames that came out wrong: the segment that holds them is painted again, under the same key, with the same bits.
create table render.frame_repair_jobs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  segment_id uuid not null,
  frames int[] not null,
  reason text not null,
  found_on_node_id uuid,
  frame_job_id uuid,
  state text not null default 'pending',
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint frame_repair_jobs__primary primary key (tenant_id, id),
  constraint frame_repair_jobs__segment foreign key (tenant_id, segment_id)
    references render.segments (tenant_id, id) on delete cascade,
  constraint frame_repair_jobs__frame_job foreign key (tenant_id, frame_job_id)
    references render.frame_jobs (tenant_id, id) on delete set null (frame_job_id),
  constraint frame_repair_jobs__states check (state in ('pending', 'rendering', 'repaired', 'failed', 'cancelled')),
  constraint frame_repair_jobs__finished check ((state in ('pending', 'rendering')) = (finished_at is null)),
  constraint frame_repair_jobs__frames check (
    cardinality(frames) > 0 and array_position(frames, null) is null and 0 <= all (frames)
  )
);
comment on column render.frame_repair_jobs.frames is 'exactly the wrong ones, counted from the segment''s first, 0';
comment on column render.frame_repair_jobs.found_on_node_id is 'render.nodes.id; who painted them';
create index frame_repair_jobs__segment on render.frame_repair_jobs (tenant_id, segment_id);
create index frame_repair_jobs__frame_job on render.frame_repair_jobs (tenant_id, frame_job_id) where frame_job_id is not null;
-- Whoever finds a segment wrong while it waits for its repair adds frames to that.
create unique index frame_repair_jobs__pending_once on render.frame_repair_jobs (tenant_id, segment_id) where state = 'pending';
select platform.own_rows('render.frame_repair_jobs');

-- One frame of a scene as a picture. Asked for twice, it is painted once.
create table render.snapshots (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  cache_key bytea not null,
  template_version_id uuid not null,
  scene text not null,
  frame int not null,
  width int not null,
  height int not null,
  format text not null default 'png',
  state text not null default 'pending',
  frame_job_id uuid,
  object_key text,
  bytes bigint,
  hash bytea,
  failure_code text,
  last_used_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint snapshots__primary primary key (tenant_id, id),
  constraint snapshots__cache_key_once unique (tenant_id, cache_key),
  constraint snapshots__frame_job foreign key (tenant_id, frame_job_id)
    references render.frame_jobs (tenant_id, id) on delete set null (frame_job_id),
  constraint snapshots__cache_key_length check (octet_length(cache_key) = 32),
  constraint snapshots__formats check (format in ('png', 'webp')),
  constraint snapshots__states check (state in ('pending', 'ready', 'failed', 'evicted')),
  constraint snapshots__ready check (
    state <> 'ready' or (object_key is not null and bytes is not null and hash is not null)
  ),
  constraint snapshots__failed check ((state = 'failed') = (failure_code is not null)),
  constraint snapshots__sizes check (frame >= 0 and width > 0 and height > 0 and bytes > 0),
  constraint snapshots__hash_length check (octet_length(hash) = 32)
);
comment on column render.snapshots.cache_key is 'SHA-256 of all that can change a bit of it: compiled scene, frame, size, format, engine build';
comment on column render.snapshots.template_version_id is 'content.template_versions.id';
create index snapshots__frame_job on render.snapshots (tenant_id, frame_job_id) where frame_job_id is not null;
create index snapshots__least_used on render.snapshots (last_used_at) where state = 'ready';
select platform.own_rows('render.snapshots');

-- A finished file: a render's video, or a batch's ZIP. Once expired, it is made again from segments on request.
create table render.exports (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  render_job_id uuid,
  batch_id uuid,
  container text not null,
  state text not null default 'assembling',
  object_key text,
  bytes bigint,
  hash bytea,
  duration_ms int,
  file_id uuid,
  failure_code text,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint exports__primary primary key (tenant_id, id),
  constraint exports__render_job foreign key (tenant_id, render_job_id)
    references render.render_jobs (tenant_id, id) on delete restrict,
  constraint exports__batch foreign key (tenant_id, batch_id)
    references render.batches (tenant_id, id) on delete restrict,
  constraint exports__of_one check (num_nonnulls(render_job_id, batch_id) = 1),
  constraint exports__once unique nulls not distinct (tenant_id, render_job_id, batch_id, container),
  constraint exports__containers check (container in ('mp4', 'webm', 'mov', 'gif', 'webp', 'png', 'zip')),
  constraint exports__batch_is_zipped check (batch_id is null or container = 'zip'),
  constraint exports__states check (state in ('assembling', 'ready', 'failed', 'expired')),
  constraint exports__ready check (state <> 'ready' or (object_key is not null and bytes is not null and hash is not null)),
  constraint exports__failed check ((state = 'failed') = (failure_code is not null)),
  constraint exports__sizes check (bytes > 0 and duration_ms >= 0),
  constraint exports__hash_length check (octet_length(hash) = 32)
);
comment on column render.exports.file_id is 'file_mgr.files.id; as what its owner finds it';
comment on column render.exports.expires_at is 'by plan; null: never';
create index exports__batch on render.exports (tenant_id, batch_id) where batch_id is not null;
create index exports__expiring on render.exports (expires_at) where state = 'ready';
create trigger exports__touch before update on render.exports
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.exports');

-- A segment that a second node renders to see whether it gets the same.
create table render.spot_checks (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  segment_id uuid not null,
  frame_job_id uuid,
  first_node_id uuid not null,
  second_node_id uuid,
  first_hash bytea not null,
  second_hash bytea,
  outcome text not null default 'pending',
  largest_difference int,
  odd_node_id uuid,
  created_at timestamptz not null default now(),
  checked_at timestamptz,
  closed_at timestamptz,
  constraint spot_checks__primary primary key (tenant_id, id),
  constraint spot_checks__segment foreign key (tenant_id, segment_id)
    references render.segments (tenant_id, id) on delete cascade,
  constraint spot_checks__frame_job foreign key (tenant_id, frame_job_id)
    references render.frame_jobs (tenant_id, id) on delete set null (frame_job_id),
  constraint spot_checks__outcomes check (outcome in ('pending', 'same', 'within_tolerance', 'different', 'abandoned')),
  constraint spot_checks__checked check (
    outcome in ('pending', 'abandoned') or num_nonnulls(second_node_id, second_hash, checked_at) = 3
  ),
  constraint spot_checks__same check (outcome <> 'same' or first_hash = second_hash),
  constraint spot_checks__other_node check (second_node_id <> first_node_id),
  constraint spot_checks__odd_one check (odd_node_id is null or (outcome = 'different' and odd_node_id in (first_node_id, second_node_id))),
  constraint spot_checks__difference_range check (largest_difference between 0 and 255),
  constraint spot_checks__hash_lengths check (octet_length(first_hash) = 32 and octet_length(second_hash) = 32)
);
comment on column render.spot_checks.first_node_id is 'render.nodes.id';
comment on column render.spot_checks.second_node_id is 'render.nodes.id';
comment on column render.spot_checks.odd_node_id is 'render.nodes.id; the one that was quarantined, once a third told which';
comment on column render.spot_checks.outcome is 'within an architecture hashes are compared, across architectures pictures: those may differ within a tolerance';
comment on column render.spot_checks.largest_difference is 'of any channel, of 255; null where hashes decided';
comment on column render.spot_checks.closed_at is 'when the case that a difference opens was settled';
create index spot_checks__segment on render.spot_checks (tenant_id, segment_id);
create index spot_checks__frame_job on render.spot_checks (tenant_id, frame_job_id) where frame_job_id is not null;
create index spot_checks__open on render.spot_checks (created_at) where outcome = 'different' and closed_at is null;
select platform.own_rows('render.spot_checks');

select platform.record_migration('12_render_jobs');
