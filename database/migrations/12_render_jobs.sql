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
  api_key_id uuid,
  account_id uuid not null,
  template_id uuid not null,
  template_version_id uuid not null,
  name text,
  lane text not null default 'batch',
  metadata jsonb not null default '{}',
  webhook_url text,
  request jsonb not null,
  rows_total int not null,
  all_or_nothing boolean not null default false,
  state text not null,
  tally jsonb,
  failure_code text,
  failure_data jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint batches__primary primary key (tenant_id, id),
  constraint batches__lanes check (lane in ('preview', 'interactive', 'batch')),
  constraint batches__states check (
    state in ('examining', 'placing', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled')
  ),
  constraint batches__finished check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
  constraint batches__tally check ((tally is null) = (finished_at is null)),
  constraint batches__failed check (failure_code is null or state = 'failed'),
  constraint batches__rows check (rows_total > 0),
  constraint batches__webhook_shape check (webhook_url ~ '^https?://'),
  constraint batches__objects check (
    jsonb_typeof(metadata) = 'object' and jsonb_typeof(request) = 'object' and jsonb_typeof(tally) = 'object'
    and jsonb_typeof(failure_data) = 'object'
  )
);
comment on column render.batches.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.batches.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.batches.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column render.batches.template_id is 'content.templates.id; of this tenant or shared by one above';
comment on column render.batches.template_version_id is 'content.template_versions.id';
comment on column render.batches.request is 'who asked and what all rows share, for they become renders later';
comment on column render.batches.state is 'examining: of all or nothing alone, before any row is taken on; placing: rows become renders, a portion at a time';
comment on column render.batches.tally is 'what became of its rows, counted once it is over';
create index batches__newest on render.batches (tenant_id, created_at desc, id desc);
create index batches__owner on render.batches (tenant_id, owner_id, created_at desc, id desc);
create index batches__of_account on render.batches (tenant_id, account_id)
  where state in ('examining', 'placing', 'running', 'cancelling');
create index batches__open on render.batches (updated_at) where state in ('examining', 'placing', 'running', 'cancelling');
create trigger batches__touch before update on render.batches
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.batches');

-- A row of a batch: what it says until it is a render, and why if it never becomes one.
create table render.batch_rows (
  tenant_id uuid not null,
  batch_id uuid not null,
  row int not null,
  owner_id uuid,
  name text,
  modifications jsonb,
  metadata jsonb not null default '{}',
  state text not null default 'waiting',
  tries int not null default 0,
  render_job_id uuid,
  credits bigint,
  video_ms int,
  failures jsonb,
  constraint batch_rows__primary primary key (tenant_id, batch_id, row),
  constraint batch_rows__batch foreign key (tenant_id, batch_id)
    references render.batches (tenant_id, id) on delete cascade,
  constraint batch_rows__numbers check (row > 0 and tries >= 0 and credits > 0 and video_ms > 0),
  constraint batch_rows__states check (state in ('waiting', 'examined', 'accepted', 'refused', 'cancelled')),
  constraint batch_rows__awaited check ((state in ('waiting', 'examined')) = (modifications is not null)),
  constraint batch_rows__examined check (
    state <> 'examined' or num_nonnulls(render_job_id, credits, video_ms) = 3
  ),
  constraint batch_rows__accepted check (state <> 'accepted' or render_job_id is not null),
  constraint batch_rows__refused check ((state = 'refused') = (failures is not null)),
  constraint batch_rows__objects check (
    jsonb_typeof(modifications) = 'object' and jsonb_typeof(metadata) = 'object' and jsonb_typeof(failures) = 'array'
  )
);
comment on column render.batch_rows.row is 'counted from 1';
comment on column render.batch_rows.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.batch_rows.name is 'of its file in the archive';
comment on column render.batch_rows.state is 'examined: of all or nothing alone; its price and length are known, and count with those of all others. Once its batch is placing they are promised to it';
comment on column render.batch_rows.tries is 'how often it could not be told whether it is valid';
comment on column render.batch_rows.failures is 'all that is wrong with it: code, data';
comment on column render.batch_rows.render_job_id is 'the id that its render has, or will have: credits are promised under it first';
create index batch_rows__awaited on render.batch_rows (tenant_id, batch_id, tries, row) where state in ('waiting', 'examined');
select platform.own_rows('render.batch_rows');

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
  resting boolean not null default false,
  plan_hash bytea,
  plan_object_key text,
  frames_total int,
  frames_done int not null default 0,
  frames_cached int not null default 0,
  frames_repaired int not null default 0,
  credits_quoted bigint not null default 0,
  credits_reserved bigint not null default 0,
  credits_settled bigint,
  video_ms int not null default 0,
  warnings jsonb not null default '[]',
  failure_code text,
  failure_data jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  preparing_at timestamptz,
  rendering_at timestamptz,
  assembling_at timestamptz,
  finished_at timestamptz,
  emptied_at timestamptz,
  constraint render_jobs__primary primary key (tenant_id, id),
  constraint render_jobs__batch foreign key (tenant_id, batch_id)
    references render.batches (tenant_id, id) on delete restrict,
  -- Sent twice, a row is still one render.
  constraint render_jobs__batch_row_once unique (tenant_id, batch_id, batch_row),
  constraint render_jobs__batch_row check ((batch_id is null) = (batch_row is null) and batch_row > 0),
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
  constraint render_jobs__resting check (not resting or state = 'preparing'),
  constraint render_jobs__plan_length check (octet_length(plan_hash) = 32),
  constraint render_jobs__frames check (
    frames_total > 0 and frames_cached >= 0 and frames_repaired >= 0
    and frames_cached <= frames_done and frames_done <= coalesce(frames_total, 0)
  ),
  constraint render_jobs__all_frames check (state <> 'succeeded' or frames_done = frames_total),
  constraint render_jobs__credits check (
    credits_quoted >= 0 and credits_reserved >= credits_quoted and credits_settled between 0 and credits_reserved
  ),
  constraint render_jobs__video_length check (video_ms >= 0),
  constraint render_jobs__running_cap check (running_cap > 0),
  constraint render_jobs__project check (project_id is not null or project_revision is null),
  constraint render_jobs__webhook_shape check (webhook_url ~ '^https?://'),
  constraint render_jobs__objects check (
    jsonb_typeof(modifications) = 'object' and jsonb_typeof(output) = 'object' and jsonb_typeof(metadata) = 'object'
    and jsonb_typeof(warnings) = 'array' and jsonb_typeof(failure_data) = 'object'
    and jsonb_typeof(template_package) = 'object' and jsonb_typeof(media) = 'object'
  )
);
comment on column render.render_jobs.owner_id is 'identity.users.id, who may be gone; null for one made by a program';
comment on column render.render_jobs.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.render_jobs.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
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
comment on column render.render_jobs.resting is 'planning it failed by what may pass, and is tried again soon';
comment on column render.render_jobs.plan_hash is 'SHA-256 of the frozen plan';
comment on column render.render_jobs.frames_done is 'cached ones among them';
comment on column render.render_jobs.frames_repaired is 'frames painted again because they came out wrong';
comment on column render.render_jobs.credits_quoted is 'of those reserved, what was reserved at submit, under the render''s id; the rest, once media were known, under its id and :rest';
comment on column render.render_jobs.credits_settled is 'null until the end; nothing for one that failed or was cancelled';
comment on column render.render_jobs.video_ms is 'length of the video, as far as it is known: it counts among its account''s minutes of the month in which it was asked for, unless it failed or was cancelled';
comment on column render.render_jobs.emptied_at is 'what was given for it is gone since then, with its owner';
comment on column render.render_jobs.failure_data is 'which scene, slot, node and crash, and what to do';
create index render_jobs__newest on render.render_jobs (tenant_id, created_at desc);
create index render_jobs__owner on render.render_jobs (tenant_id, owner_id, created_at desc);
create index render_jobs__template on render.render_jobs (tenant_id, template_id, created_at desc);
create index render_jobs__project on render.render_jobs (tenant_id, project_id, created_at desc) where project_id is not null;
create index render_jobs__retries on render.render_jobs (tenant_id, retry_of_id) where retry_of_id is not null;
create index render_jobs__batch_open on render.render_jobs (tenant_id, batch_id, id)
  where batch_id is not null and state in ('queued', 'preparing', 'rendering', 'assembling');
create index render_jobs__metadata on render.render_jobs using gin (metadata jsonb_path_ops);
create index render_jobs__open on render.render_jobs (tenant_id, account_id, state)
  where state in ('queued', 'preparing', 'rendering', 'assembling');
create index render_jobs__month on render.render_jobs (tenant_id, account_id, created_at) include (video_ms)
  where state not in ('failed', 'cancelled');
create index render_jobs__queue on render.render_jobs (state, created_at) where state in ('queued', 'preparing');
create trigger render_jobs__touch before update on render.render_jobs
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.render_jobs');

-- A tenant's place among the tenants: whoever has had least work for its weight is served next. Lanes are numbered: preview
-- 0, interactive 1, batch 2. Whoever writes a share or those of its accounts holds the tenant's row.
create table render.tenant_shares (
  tenant_id uuid not null,
  weight int not null default 100,
  virtual_ms double precision not null default 0,
  owed_ms double precision not null default 0,
  pending_preview int not null default 0,
  pending_interactive int not null default 0,
  pending_batch int not null default 0,
  running int not null default 0,
  best_lane smallint,
  worst_lane smallint,
  burst_lane smallint,
  constraint tenant_shares__primary primary key (tenant_id),
  constraint tenant_shares__weight_range check (weight > 0),
  constraint tenant_shares__counts check (
    pending_preview >= 0 and pending_interactive >= 0 and pending_batch >= 0 and running >= 0
  )
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
comment on column render.tenant_shares.virtual_ms is 'work had, divided by weight; who comes back after a rest starts from the least of the others, so that rest isn''t saved up';
comment on column render.tenant_shares.owed_ms is 'work that took longer than was charged, or less: charged with the next. Apart, for virtual_ms is in an index';
comment on column render.tenant_shares.pending_preview is 'frame jobs that may be leased; counted, so that a lease never looks through all that waits';
comment on column render.tenant_shares.best_lane is 'the highest lane of its accounts below their caps; null: none has work';
comment on column render.tenant_shares.worst_lane is 'the lowest of the same';
comment on column render.tenant_shares.burst_lane is 'the highest lane of accounts below cap and burst';
create index tenant_shares__next on render.tenant_shares (best_lane, virtual_ms) where best_lane is not null;
create index tenant_shares__last on render.tenant_shares (worst_lane desc, virtual_ms) where worst_lane is not null;
create index tenant_shares__burst on render.tenant_shares (burst_lane, virtual_ms) where burst_lane is not null;
select platform.own_rows('render.tenant_shares');

-- The same for the accounts within a tenant, with the cap that the plan sets.
create table render.account_shares (
  tenant_id uuid not null,
  account_id uuid not null,
  weight int not null default 100,
  virtual_ms double precision not null default 0,
  owed_ms double precision not null default 0,
  pending_preview int not null default 0,
  pending_interactive int not null default 0,
  pending_batch int not null default 0,
  running int not null default 0,
  running_cap int,
  running_burst int not null default 0,
  best_lane smallint generated always as (case
    when running >= coalesce(running_cap, 2147483647) then null
    when pending_preview > 0 then 0 when pending_interactive > 0 then 1 when pending_batch > 0 then 2
  end) stored,
  worst_lane smallint generated always as (case
    when running >= coalesce(running_cap, 2147483647) then null
    when pending_batch > 0 then 2 when pending_interactive > 0 then 1 when pending_preview > 0 then 0
  end) stored,
  burst_lane smallint generated always as (case
    when running - running_burst >= coalesce(running_cap, 2147483647) then null
    when pending_preview > 0 then 0 when pending_interactive > 0 then 1 when pending_batch > 0 then 2
  end) stored,
  constraint account_shares__primary primary key (tenant_id, account_id),
  constraint account_shares__tenant foreign key (tenant_id) references render.tenant_shares (tenant_id) on delete cascade,
  constraint account_shares__weight_range check (weight > 0),
  constraint account_shares__cap_range check (running_cap > 0 and running_burst >= 0),
  constraint account_shares__counts check (
    pending_preview >= 0 and pending_interactive >= 0 and pending_batch >= 0 and running >= 0
  )
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
comment on column render.account_shares.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column render.account_shares.owed_ms is 'as of tenant_shares';
comment on column render.account_shares.running_cap is 'frame jobs at once; null: no cap';
comment on column render.account_shares.running_burst is 'so many above the cap while nodes would stand idle';
comment on column render.account_shares.best_lane is 'the highest lane in which it has work and is below its cap';
create index account_shares__next on render.account_shares (tenant_id, best_lane, virtual_ms) where best_lane is not null;
create index account_shares__last on render.account_shares (tenant_id, worst_lane desc, virtual_ms) where worst_lane is not null;
create index account_shares__burst on render.account_shares (tenant_id, burst_lane, virtual_ms) where burst_lane is not null;
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
  ready boolean not null default true,
  not_before_at timestamptz not null default now(),
  node_id uuid,
  fence bigint not null default 0,
  reported text,
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
  constraint frame_jobs__kinds check (kind in ('frames', 'probe', 'thumbnail', 'snapshot', 'sound', 'assemble', 'compare')),
  constraint frame_jobs__lanes check (lane in ('preview', 'interactive', 'batch')),
  constraint frame_jobs__states check (state in ('pending', 'leased', 'verified', 'cached', 'failed', 'cancelled')),
  constraint frame_jobs__leased check ((state = 'leased') = (lease_expires_at is not null)),
  constraint frame_jobs__lease_holder check (state <> 'leased' or (node_id is not null and leased_at is not null and fence > 0)),
  constraint frame_jobs__finished check ((state in ('pending', 'leased')) = (finished_at is null)),
  constraint frame_jobs__failed check (state <> 'failed' or error is not null),
  constraint frame_jobs__reports check (reported in ('completed', 'failed')),
  constraint frame_jobs__ready check (ready or state = 'pending'),
  constraint frame_jobs__build check (kind <> 'frames' or (engine_build is not null and frames > 0)),
  constraint frame_jobs__hash_length check (octet_length(template_hash) = 32),
  constraint frame_jobs__counts check (
    frames >= 0 and waiters >= 0 and attempts >= 0 and fence >= 0
    and needed_memory_bytes >= 0 and estimated_ms >= 0 and worked_ms >= 0
  ),
  constraint frame_jobs__input_object check (jsonb_typeof(input) = 'object')
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 20000);
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
comment on column render.frame_jobs.ready is 'may be leased; while a failed one waits for not_before_at it stands in nobody''s way';
comment on column render.frame_jobs.node_id is 'render.nodes.id; no key: the node is another tenant''s as a rule. Who has it, or had it last';
comment on column render.frame_jobs.reported is 'what the holder of this fence has reported: the same once more gets the same answer';
comment on column render.frame_jobs.fence is 'fencing number: each lease has a higher one, and reports with a lower one are refused';
comment on column render.frame_jobs.lease_expires_at is 'by PostgreSQL''s clock';
comment on column render.frame_jobs.error is 'of the last attempt: code, data, crash';
-- The three below hold the same rows, and each is one question's alone. A planner believes that an account has hardly a row, so
-- that any of them would do, with a sort behind it; but it may have a million. So each says something that is always true, and
-- that its question alone says as well. And none says `coalesce` nor joins texts: to PostgreSQL these might tell of rows that a
-- policy hides, and what is compared through them it takes for no prefix of an index's order.
-- A lease goes down this from the account whose turn it is straight to its first.
create index frame_jobs__queue on render.frame_jobs
  (payer_tenant_id, account_id, lane, engine, (case when engine_build is null then '' else engine_build end),
    priority desc, queued_at)
  where state = 'pending' and ready and estimated_ms >= 0;
-- And down this to its oldest, once that has waited too long.
create index frame_jobs__aged on render.frame_jobs
  (payer_tenant_id, account_id, lane, engine, (case when engine_build is null then '' else engine_build end), queued_at)
  where state = 'pending' and ready and frames >= 0;
-- For a node that can do little of what waits; lanes happen to be in their order backwards.
create index frame_jobs__oldest on render.frame_jobs
  (engine, (case when engine_build is null then '' else engine_build end), lane desc, queued_at)
  where state = 'pending' and ready and needed_memory_bytes >= 0;
create index frame_jobs__resting on render.frame_jobs (not_before_at) where state = 'pending' and not ready;
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

-- A render, a snapshot request or a crash record counts on an input; while it does, that isn't removed.
create table render.input_pins (
  tenant_id uuid not null,
  input_id uuid not null,
  holder_tenant_id uuid not null,
  holder_id uuid not null,
  created_at timestamptz not null default now(),
  constraint input_pins__primary primary key (tenant_id, input_id, holder_tenant_id, holder_id),
  constraint input_pins__input foreign key (tenant_id, input_id)
    references render.inputs (tenant_id, id) on delete restrict
);
comment on column render.input_pins.holder_tenant_id is 'identity.tenants.id; whose holder_id it is';
comment on column render.input_pins.holder_id is 'render.render_jobs.id, or render.snapshot_requests.id, or render.node_crashes.id, under holder_tenant_id; no key: the input may belong to a tenant above';
create index input_pins__holder on render.input_pins (holder_tenant_id, holder_id);
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

-- Dispatch. Whoever changes frame jobs locks them first, in the order of their ids, and then the tenants' shares, in the
-- order of theirs, as late as may be. A lease alone begins with a share; it takes what nobody holds, and waits only while
-- it has nothing in its hands. So nobody waits for another in a circle.

-- Counts turns: each eighth goes to what has waited too long, each fourth does without affinity. A sequence, for nobody
-- waits for it.
create sequence render.lease_turns;
grant usage on sequence render.lease_turns to flatrender_render_system;

-- Adds to what stands to the accounts of tenants, an array's element each, and says anew what their tenants have for nodes.
-- Who has rested begins at the least of those who wait.
create function render.change_shares(
  tenants uuid[], accounts uuid[], preview int[], interactive int[], batch int[], started int[], owed double precision[]
) returns void
language plpgsql
set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  present double precision;
  home uuid;
  rested double precision;
begin
  if 0 >= all (preview || interactive || batch) then
    -- Nothing is queued, so nobody is new and nobody comes back.
    perform from render.tenant_shares where tenant_id = any (tenants) order by tenant_id for update;
  else
    insert into render.tenant_shares (tenant_id)
      select distinct t from unnest(tenants) as t
      where not exists (select from render.tenant_shares where tenant_id = t) order by 1 on conflict do nothing;
    perform from render.tenant_shares where tenant_id = any (tenants) order by tenant_id for update;
    insert into render.account_shares (tenant_id, account_id)
      select distinct t, a from unnest(tenants, accounts) as u (t, a)
      where not exists (select from render.account_shares where tenant_id = t and account_id = a) on conflict do nothing;
    present := coalesce(
      least(
        (select min(virtual_ms) from render.tenant_shares where best_lane = 0),
        (select min(virtual_ms) from render.tenant_shares where best_lane = 1),
        (select min(virtual_ms) from render.tenant_shares where best_lane = 2)
      ),
      (select max(virtual_ms) from render.tenant_shares), 0
    );
    update render.tenant_shares set virtual_ms = present
      where tenant_id = any (tenants) and virtual_ms < present
        and running = 0 and pending_preview + pending_interactive + pending_batch = 0;
    foreach home in array (select array_agg(distinct t) from unnest(tenants) as t) loop
      select coalesce(min(virtual_ms), (select max(virtual_ms) from render.account_shares where tenant_id = home), 0)
        into rested from render.account_shares where tenant_id = home and best_lane is not null;
      update render.account_shares set virtual_ms = rested
        where tenant_id = home and account_id = any (accounts) and virtual_ms < rested
          and running = 0 and pending_preview + pending_interactive + pending_batch = 0;
    end loop;
  end if;
  update render.account_shares as share set
    pending_preview = share.pending_preview + change.preview,
    pending_interactive = share.pending_interactive + change.interactive,
    pending_batch = share.pending_batch + change.batch,
    running = share.running + change.started,
    owed_ms = share.owed_ms + change.owed
  from (
    select t, a, sum(p)::int as preview, sum(i)::int as interactive, sum(b)::int as batch, sum(s)::int as started, sum(o) as owed
    from unnest(tenants, accounts, preview, interactive, batch, started, owed) as u (t, a, p, i, b, s, o) group by t, a
  ) as change
  where share.tenant_id = change.t and share.account_id = change.a;
  update render.tenant_shares as share set
    pending_preview = share.pending_preview + change.preview,
    pending_interactive = share.pending_interactive + change.interactive,
    pending_batch = share.pending_batch + change.batch,
    running = share.running + change.started,
    owed_ms = share.owed_ms + change.owed,
    best_lane = (select min(best_lane) from render.account_shares where tenant_id = share.tenant_id and best_lane is not null),
    worst_lane = (select max(worst_lane) from render.account_shares where tenant_id = share.tenant_id and worst_lane is not null),
    burst_lane = (select min(burst_lane) from render.account_shares where tenant_id = share.tenant_id and burst_lane is not null)
  from (
    select t, sum(p)::int as preview, sum(i)::int as interactive, sum(b)::int as batch, sum(s)::int as started, sum(o) as owed
    from unnest(tenants, preview, interactive, batch, started, owed) as u (t, p, i, b, s, o) group by t
  ) as change
  where share.tenant_id = change.t;
end
$$;

-- Gives back to the queue what its node has lost: whose lease is over and who has an attempt left. What has none ends for good,
-- and that is the service's. Each is an attempt and a record; against its node all of them count once. Gives how many.
create function render.take_back_expired(most int, most_attempts int) returns int
language plpgsql as $$
declare
  lost render.frame_jobs[];
begin
  select array_agg(job order by job.tenant_id, job.id) into lost from (
    select * from render.frame_jobs
    where state = 'leased' and lease_expires_at < clock_timestamp() and attempts + 1 < most_attempts and waiters > 0
    order by lease_expires_at limit most for update skip locked
  ) as job;
  if lost is null then
    return 0;
  end if;
  update render.frame_jobs as job set
    state = 'pending', attempts = job.attempts + 1, tried_node_ids = job.tried_node_ids || job.node_id, lease_expires_at = null
  from unnest(lost) as l where job.tenant_id = l.tenant_id and job.id = l.id;
  insert into render.node_crashes
    (tenant_id, node_id, job_tenant_id, frame_job_id, attempt, kind, engine_build, replay)
  select node.tenant_id, node.id, l.tenant_id, l.id, l.attempts + 1, 'node_lost', coalesce(node.engine_build, ''), l.input
  from unnest(lost) as l join render.nodes as node on node.id = l.node_id
  on conflict do nothing;
  perform render.count_silences(array_agg(distinct l.node_id)) from unnest(lost) as l;
  perform render.change_shares(
    array_agg(l.payer_tenant_id), array_agg(l.account_id),
    array_agg((l.lane = 'preview')::int), array_agg((l.lane = 'interactive')::int), array_agg((l.lane = 'batch')::int),
    array_agg(-1), array_agg(0::double precision)
  ) from unnest(lost) as l;
  return cardinality(lost);
end
$$;

-- Lets those go on that rested after a failed attempt and whose time has come. Gives how many.
create function render.wake_resting(most int) returns int
language plpgsql as $$
declare
  woken render.frame_jobs[];
begin
  select array_agg(job order by job.tenant_id, job.id) into woken from (
    select * from render.frame_jobs where state = 'pending' and not ready and not_before_at <= clock_timestamp()
    order by not_before_at limit most for update skip locked
  ) as job;
  if woken is null then
    return 0;
  end if;
  update render.frame_jobs as job set ready = true
  from unnest(woken) as w where job.tenant_id = w.tenant_id and job.id = w.id;
  perform render.change_shares(
    array_agg(w.payer_tenant_id), array_agg(w.account_id),
    array_agg((w.lane = 'preview')::int), array_agg((w.lane = 'interactive')::int), array_agg((w.lane = 'batch')::int),
    array_agg(0), array_agg(0::double precision)
  ) from unnest(woken) as w;
  return cardinality(woken);
end
$$;

-- Is there a live node that could do a job and has not tried yet?
create function render.is_elsewhere(
  tried uuid[], needed_engine text, needed_build text, needed_memory bigint, silence_seconds double precision
) returns boolean
language sql stable as $$
  select exists (
    select from render.nodes
    where state = 'online' and last_seen_at > now() - make_interval(secs => silence_seconds) and id <> all (tried)
      and engine = needed_engine and (needed_build is null or engine_build = needed_build)
      and coalesce(memory_bytes, 0) >= needed_memory
  )
$$;

-- Leases jobs that were chosen and that nobody else has meanwhile, each to the node at its place, and charges their shares, whose
-- tenants are held. All that was chosen at once: PostgreSQL looks a table's rules up anew for each statement that writes to it.
create function render.lease_chosen(
  places int[], for_nodes uuid[], tenants uuid[], ids uuid[], lease_seconds double precision
) returns table (place int, job_tenant_id uuid, job_id uuid, job_kind text, job_fence bigint, job_attempt int, job_input jsonb)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  leased_places int[];
  kinds text[];
  fences bigint[];
  attempts int[];
  inputs jsonb[];
  payers uuid[];
  accounts uuid[];
  lanes text[];
  charges double precision[];
begin
  with chosen as (
    select job.tenant_id, job.id, u.place, for_nodes[u.place] as node_id, u.number
    from unnest(places, tenants, ids) with ordinality as u (place, tenant_id, id, number)
    join render.frame_jobs as job on job.tenant_id = u.tenant_id and job.id = u.id
    where job.state = 'pending' and job.ready for update of job skip locked
  ), leased as (
    update render.frame_jobs as job set
      state = 'leased', node_id = chosen.node_id, fence = job.fence + 1, reported = null,
      leased_at = clock_timestamp(), lease_expires_at = clock_timestamp() + make_interval(secs => lease_seconds)
    from chosen where job.tenant_id = chosen.tenant_id and job.id = chosen.id
    returning job.tenant_id, job.id, job.kind, job.fence, job.attempts, job.input, job.payer_tenant_id, job.account_id, job.lane,
      job.estimated_ms, chosen.place as place, chosen.number as number
  )
  select array_agg(l.place order by l.number), array_agg(l.tenant_id order by l.number), array_agg(l.id order by l.number),
    array_agg(l.kind order by l.number), array_agg(l.fence order by l.number), array_agg(l.attempts + 1 order by l.number),
    array_agg(l.input order by l.number), array_agg(l.payer_tenant_id order by l.number),
    array_agg(l.account_id order by l.number), array_agg(l.lane order by l.number),
    array_agg(greatest(l.estimated_ms, 1) order by l.number)
  into leased_places, tenants, ids, kinds, fences, attempts, inputs, payers, accounts, lanes, charges from leased as l;
  if leased_places is null then
    return;
  end if;
  update render.account_shares as share set
    pending_preview = share.pending_preview - change.preview,
    pending_interactive = share.pending_interactive - change.interactive,
    pending_batch = share.pending_batch - change.batch,
    running = share.running + change.started,
    virtual_ms = share.virtual_ms + (change.charged + share.owed_ms) / share.weight,
    owed_ms = 0
  from (
    select t, a, count(*) filter (where l = 'preview') as preview, count(*) filter (where l = 'interactive') as interactive,
      count(*) filter (where l = 'batch') as batch, count(*) as started, sum(c) as charged
    from unnest(payers, accounts, lanes, charges) as u (t, a, l, c) group by t, a
  ) as change where share.tenant_id = change.t and share.account_id = change.a;
  update render.tenant_shares as share set
    pending_preview = share.pending_preview - change.preview,
    pending_interactive = share.pending_interactive - change.interactive,
    pending_batch = share.pending_batch - change.batch,
    running = share.running + change.started,
    virtual_ms = share.virtual_ms + (change.charged + share.owed_ms) / share.weight,
    owed_ms = 0,
    best_lane = (select min(best_lane) from render.account_shares where tenant_id = share.tenant_id and best_lane is not null),
    worst_lane = (select max(worst_lane) from render.account_shares where tenant_id = share.tenant_id and worst_lane is not null),
    burst_lane = (select min(burst_lane) from render.account_shares where tenant_id = share.tenant_id and burst_lane is not null)
  from (
    select t, count(*) filter (where l = 'preview') as preview, count(*) filter (where l = 'interactive') as interactive,
      count(*) filter (where l = 'batch') as batch, count(*) as started, sum(c) as charged
    from unnest(payers, lanes, charges) as u (t, l, c) group by t
  ) as change where share.tenant_id = change.t;
  return query select * from unnest(leased_places, tenants, ids, kinds, fences, attempts, inputs);
end
$$;

-- Leases jobs to nodes, up to `wanted` to each, in one round trip: a row for each job, in the order of turns, with its node's
-- place in `for_nodes`. A row without a job says that there is work that somebody else just had hold of: to be asked for once
-- more at once.
--
-- A turn goes to the tenant that has had least work for its weight among those with something in the highest lane, to the same
-- of its accounts below their caps, and to that account's first by priority and age; a node that wants many takes up to an
-- eighth of them in a turn of a tenant of weight 100, and as much more or less as the tenant weighs. A turn in eight begins with
-- the lowest lane, if the oldest there has waited for `ageing_seconds`. Caps give way by their bursts once nothing else is left
-- to do.
--
-- What the turns choose is leased together, before it would be the turn of somebody who has chosen already.
create function render.lease_frame_jobs(
  for_tenants uuid[], for_nodes uuid[], wanted int[], memory bigint[],
  lease_seconds double precision, ageing_seconds double precision, silence_seconds double precision, most_attempts int
) returns table (place int, job_tenant_id uuid, job_id uuid, job_kind text, job_fence bigint, job_attempt int, job_input jsonb)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  lanes constant text[] := array['preview', 'interactive', 'batch'];
  -- So many accounts are looked at that have nothing for this node; then the oldest that it can do goes.
  patience constant int := 64;
  number int;
  node record;
  held bytea[];
  unfit_tenants uuid[];
  unfit_accounts uuid[];
  unfit_jobs uuid[];
  fruitless int;
  missing int;
  most int;
  aged boolean;
  burst boolean;
  waited boolean := false;
  maintained boolean := false;
  turn bigint;
  payer uuid;
  payer_lane int;
  payer_virtual double precision;
  payer_weight int;
  payer_owed double precision;
  account uuid;
  room int;
  lane_number int;
  width int;
  tenants uuid[];
  ids uuid[];
  charged double precision;
  -- Chosen, and not leased yet; whose it is, and the first of them once it is charged.
  chosen_places int[] := '{}';
  chosen_tenants uuid[] := '{}';
  chosen_ids uuid[] := '{}';
  touched uuid[] := '{}';
  ahead_lane int;
  ahead_virtual double precision;
  -- Is there anything in our hands? Then we wait for nobody.
  laden boolean := false;
  -- Had somebody else hold of all whose turn it could be?
  busy boolean;
  -- Is what is chosen to be leased now, and is a turn of what has waited too long put off until then?
  settle boolean := false;
  due boolean := false;
begin
  -- A lease that a crash undoes is nobody's: its node hears that it is lost when it beats, and nobody else may report it.
  perform set_config('synchronous_commit', 'off', true);
  -- By the least, for that takes one index and no other, whatever the planner believes of the queue.
  if (select min(lease_expires_at) from render.frame_jobs where state = 'leased') < clock_timestamp() then
    maintained := render.take_back_expired(32, most_attempts) > 0;
  end if;
  if (select min(not_before_at) from render.frame_jobs where state = 'pending' and not ready) <= clock_timestamp() then
    maintained := render.wake_resting(64) > 0 or maintained;
  end if;

  for number in 1 .. cardinality(for_nodes) loop
    select n.state, n.engine, n.engine_build into node from render.nodes as n
      where n.id = for_nodes[number] and n.tenant_id = for_tenants[number];
    continue when not found or node.state <> 'online';
    held := array(select template_hash from render.node_template_cache
      where tenant_id = for_tenants[number] and node_id = for_nodes[number] order by last_used_at desc limit 256);
    unfit_tenants := '{}';
    unfit_accounts := '{}';
    unfit_jobs := '{}';
    fruitless := 0;
    burst := false;
    busy := false;
    missing := wanted[number];

    while missing > 0 loop
      turn := nextval('render.lease_turns');
      aged := turn % 8 = 0 or due;
      due := false;
      payer := null;
      account := null;
      ids := null;

      -- Whose turn is it?
      if cardinality(touched) > 0 and (settle or burst or fruitless >= patience) then
        return query select * from render.lease_chosen(chosen_places, for_nodes, chosen_tenants, chosen_ids, lease_seconds);
        chosen_places := '{}';
        chosen_tenants := '{}';
        chosen_ids := '{}';
        touched := '{}';
      end if;
      settle := false;
      if fruitless >= patience then
        select j.payer_tenant_id, j.account_id, array[j.tenant_id], array[j.id], greatest(j.estimated_ms, 1)
          into payer, account, tenants, ids, charged from (
          (select * from render.frame_jobs where state = 'pending' and ready and needed_memory_bytes >= 0
            and engine = node.engine and case when engine_build is null then '' else engine_build end = node.engine_build
            order by lane desc, queued_at limit 256)
          union all
          (select * from render.frame_jobs where state = 'pending' and ready and needed_memory_bytes >= 0
            and engine = node.engine and case when engine_build is null then '' else engine_build end = ''
            order by lane desc, queued_at limit 256)
        ) as j join render.account_shares as share on share.tenant_id = j.payer_tenant_id and share.account_id = j.account_id
        where j.needed_memory_bytes <= memory[number] and j.id <> all (unfit_jobs) and share.burst_lane is not null
          and not (for_nodes[number] = any (j.tried_node_ids)
            and render.is_elsewhere(j.tried_node_ids, j.engine, j.engine_build, j.needed_memory_bytes, silence_seconds))
        order by j.lane desc, j.queued_at limit 1;
        exit when payer is null;
        select share.best_lane, share.virtual_ms, share.weight, share.owed_ms
          into payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
          where share.tenant_id = payer for update skip locked;
        busy := not found;
        exit when busy;
      else
        if aged then
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.worst_lane is not null and share.tenant_id <> all (unfit_tenants || touched)
            order by share.worst_lane desc, share.virtual_ms limit 1 for update skip locked;
          if payer is null then
            due := cardinality(touched) > 0;
            settle := due;
            continue;
          end if;
        elsif burst then
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.burst_lane is not null and share.tenant_id <> all (unfit_tenants)
            order by share.burst_lane, share.virtual_ms limit 1 for update skip locked;
        else
          select share.tenant_id, share.best_lane, share.virtual_ms, share.weight, share.owed_ms
            into payer, payer_lane, payer_virtual, payer_weight, payer_owed from render.tenant_shares as share
            where share.best_lane is not null and share.tenant_id <> all (unfit_tenants || touched)
            order by share.best_lane, share.virtual_ms limit 1 for update skip locked;
          if cardinality(touched) > 0
            and (payer is null or (ahead_lane, ahead_virtual) < (payer_lane, payer_virtual)) then
            -- It may be the turn of one who has chosen already.
            settle := true;
            continue;
          end if;
        end if;
        if payer is null then
          if exists (select from render.tenant_shares as share where (share.best_lane is not null
              or (burst and share.burst_lane is not null)) and share.tenant_id <> all (unfit_tenants)) then
            -- All whose turn it could be are in somebody's hands.
            busy := waited or maintained or laden;
            exit when busy;
            waited := true;
            perform from render.tenant_shares as share
              where share.best_lane is not null and share.tenant_id <> all (unfit_tenants)
              order by share.best_lane, share.virtual_ms limit 1 for update;
            continue;
          end if;
          exit when burst;
          burst := true;
          continue;
        end if;

        -- By its weight, so that a turn is the same part of what everybody is due.
        most := least(missing, ceil(wanted[number] * payer_weight / 800.0)::int);

        -- And which of its accounts'?
        if aged then
          select account_id, worst_lane, coalesce(running_cap, 2147483647) - running into account, lane_number, room
            from render.account_shares where tenant_id = payer and worst_lane is not null and account_id <> all (unfit_accounts)
            order by worst_lane desc, virtual_ms limit 1;
          select array_agg(j.tenant_id), array_agg(j.id), sum(greatest(j.estimated_ms, 1)) into tenants, ids, charged from (
            select c.tenant_id, c.id, c.estimated_ms from (
              (select tenant_id, id, estimated_ms, queued_at, needed_memory_bytes, tried_node_ids, engine, engine_build
                from render.frame_jobs where state = 'pending' and ready and frames >= 0 and payer_tenant_id = payer
                and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                and case when engine_build is null then '' else engine_build end = node.engine_build order by queued_at limit 8)
              union all
              (select tenant_id, id, estimated_ms, queued_at, needed_memory_bytes, tried_node_ids, engine, engine_build
                from render.frame_jobs where state = 'pending' and ready and frames >= 0 and payer_tenant_id = payer
                and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                and case when engine_build is null then '' else engine_build end = '' order by queued_at limit 8)
            ) as c where c.queued_at < clock_timestamp() - make_interval(secs => ageing_seconds)
              and c.needed_memory_bytes <= memory[number] and c.id <> all (unfit_jobs)
              and not (for_nodes[number] = any (c.tried_node_ids)
                and render.is_elsewhere(c.tried_node_ids, c.engine, c.engine_build, c.needed_memory_bytes, silence_seconds))
            order by c.queued_at limit least(most, room)
          ) as j;
          -- Nothing has waited too long: the next turn is as any other.
          continue when ids is null;
        else
          if burst then
            select account_id, burst_lane, coalesce(running_cap, 2147483647) - running + running_burst
              into account, lane_number, room from render.account_shares
              where tenant_id = payer and burst_lane is not null and account_id <> all (unfit_accounts)
              order by burst_lane, virtual_ms limit 1;
          else
            select account_id, best_lane, coalesce(running_cap, 2147483647) - running into account, lane_number, room
              from render.account_shares where tenant_id = payer and best_lane is not null and account_id <> all (unfit_accounts)
              order by best_lane, virtual_ms limit 1;
          end if;
          if account is null then
            unfit_tenants := unfit_tenants || payer;
            continue;
          end if;
          -- Its first that the node can do; of those that stand at the very front, ones whose template the node holds. Where
          -- nothing of its highest lane will do, a lower one is looked at, though others may have something in between.
          <<search>>
          while lane_number <= 2 loop
            foreach width in array array[8, 1000] loop
              select array_agg(j.tenant_id), array_agg(j.id), sum(greatest(j.estimated_ms, 1)) into tenants, ids, charged from (
                -- No column more than it takes: a job's input is wide, and it would be sorted with the rest.
                select c.tenant_id, c.id, c.estimated_ms from (
                  (select tenant_id, id, estimated_ms, priority, queued_at, template_hash, needed_memory_bytes, tried_node_ids,
                      engine, engine_build
                    from render.frame_jobs where state = 'pending' and ready and estimated_ms >= 0 and payer_tenant_id = payer
                    and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                    and case when engine_build is null then '' else engine_build end = node.engine_build order by priority desc, queued_at limit width)
                  union all
                  (select tenant_id, id, estimated_ms, priority, queued_at, template_hash, needed_memory_bytes, tried_node_ids,
                      engine, engine_build
                    from render.frame_jobs where state = 'pending' and ready and estimated_ms >= 0 and payer_tenant_id = payer
                    and account_id = account and lane = lanes[lane_number + 1] and engine = node.engine
                    and case when engine_build is null then '' else engine_build end = '' order by priority desc, queued_at limit width)
                ) as c
                where c.needed_memory_bytes <= memory[number] and c.id <> all (unfit_jobs)
                  and not (for_nodes[number] = any (c.tried_node_ids)
                    and render.is_elsewhere(c.tried_node_ids, c.engine, c.engine_build, c.needed_memory_bytes, silence_seconds))
                order by c.priority desc, (turn % 4 <> 1 and width = 8 and c.template_hash = any (held)) is true desc,
                  c.queued_at, c.id
                limit least(most, room)
              ) as j;
              exit search when ids is not null;
            end loop;
            lane_number := lane_number + 1;
          end loop search;
          if ids is null then
            unfit_accounts := unfit_accounts || account;
            fruitless := fruitless + 1;
            continue;
          end if;
        end if;
      end if;

      -- Whoever has hold of one of them has it: it isn't chosen twice.
      unfit_jobs := unfit_jobs || ids;
      chosen_places := chosen_places || array_fill(number, array[cardinality(ids)]);
      chosen_tenants := chosen_tenants || tenants;
      chosen_ids := chosen_ids || ids;
      missing := missing - cardinality(ids);
      laden := true;
      payer_lane := coalesce(payer_lane, 3);
      payer_virtual := payer_virtual + (charged + payer_owed) / payer_weight;
      if cardinality(touched) = 0 or (payer_lane, payer_virtual) < (ahead_lane, ahead_virtual) then
        ahead_lane := payer_lane;
        ahead_virtual := payer_virtual;
      end if;
      touched := touched || payer;
    end loop;
    if busy and missing = wanted[number] then
      place := number;
      return next;
    end if;
  end loop;
  if cardinality(touched) > 0 then
    return query select * from render.lease_chosen(chosen_places, for_nodes, chosen_tenants, chosen_ids, lease_seconds);
  end if;
end
$$;

-- Ends jobs well that nodes have done, if their leases hold still; gives those, held in the order of their ids. `reports` are objects
-- with the job's name, its lease and what came of it.
create function render.complete_frame_jobs(reports jsonb) returns setof render.frame_jobs
language plpgsql rows 16
set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  return query update render.frame_jobs as job set
    state = 'verified', lease_expires_at = null, reported = 'completed', result = report.result, worked_ms = report.worked_ms,
    finished_at = clock_timestamp()
  from (
    select * from jsonb_to_recordset(reports)
      as told (tenant_id uuid, id uuid, node_id uuid, fence bigint, result jsonb, worked_ms int) order by tenant_id, id
  ) as report
  where job.tenant_id = report.tenant_id and job.id = report.id and job.node_id = report.node_id and job.fence = report.fence
    and job.state = 'leased' and job.kind = report.result->>'kind'
  returning job.*;
end
$$;

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
  constraint segments__frames_count check (frames >= 0),
  constraint segments__size check (bytes > 0),
  constraint segments__hash_length check (octet_length(hash) = 32)
);
comment on column render.segments.key is 'the segment key, SHA-256; of a mixed sound its own';
comment on column render.segments.frames is 'a mixed sound has none';
comment on column render.segments.frame_job_id is 'what paints it now, or did last';
comment on column render.segments.hash is 'SHA-256 of the object: kept when it is lost or evicted, for what is painted again has the same bits';
comment on column render.segments.object_key is 'named before the upload and cleared once the object is gone: no object is without a row';
create index segments__object on render.segments (object_key) where object_key is not null;
create index segments__frame_job on render.segments (tenant_id, frame_job_id) where frame_job_id is not null;
create index segments__least_used on render.segments (last_used_at) where state = 'verified';
create index segments__left_over on render.segments (last_used_at)
  where state in ('missing', 'lost', 'evicted') and object_key is not null;
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
  constraint segment_pins__frames_count check (frames >= 0)
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
  failure_data jsonb,
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
  constraint snapshots__failure_object check (jsonb_typeof(failure_data) = 'object'),
  constraint snapshots__sizes check (frame >= 0 and width > 0 and height > 0 and bytes > 0),
  constraint snapshots__hash_length check (octet_length(hash) = 32)
);
comment on column render.snapshots.cache_key is 'SHA-256 of all that can change a bit of it: compiled scene, frame, size, format, engine build';
comment on column render.snapshots.template_version_id is 'content.template_versions.id';
create index snapshots__object on render.snapshots (object_key) where object_key is not null;
create index snapshots__frame_job on render.snapshots (tenant_id, frame_job_id) where frame_job_id is not null;
create index snapshots__pending on render.snapshots (tenant_id, id) where state = 'pending';
create index snapshots__least_used on render.snapshots (last_used_at) where state = 'ready';
select platform.own_rows('render.snapshots');

-- Somebody who wants a snapshot: the same request of the same person is one row, however often it is sent.
create table render.snapshot_requests (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  api_key_id uuid,
  account_id uuid not null,
  request_key bytea not null,
  request jsonb not null,
  width int not null,
  height int not null,
  format text not null,
  state text not null default 'preparing',
  snapshot_id uuid,
  failure_code text,
  failure_data jsonb,
  preparing_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint snapshot_requests__primary primary key (tenant_id, id),
  constraint snapshot_requests__once unique (tenant_id, request_key),
  constraint snapshot_requests__snapshot foreign key (tenant_id, snapshot_id)
    references render.snapshots (tenant_id, id) on delete cascade,
  constraint snapshot_requests__key_length check (octet_length(request_key) = 32),
  constraint snapshot_requests__formats check (format in ('png', 'webp')),
  constraint snapshot_requests__states check (state in ('preparing', 'painting', 'failed')),
  constraint snapshot_requests__painting check ((state = 'painting') = (snapshot_id is not null)),
  constraint snapshot_requests__failed check ((state = 'failed') = (failure_code is not null)),
  constraint snapshot_requests__objects check (jsonb_typeof(request) = 'object' and jsonb_typeof(failure_data) = 'object'),
  constraint snapshot_requests__sizes check (width > 0 and height > 0)
);
comment on column render.snapshot_requests.owner_id is 'identity.users.id; null for one made by a program';
comment on column render.snapshot_requests.api_key_id is 'identity.tenant_api_keys.id';
comment on column render.snapshot_requests.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id';
comment on column render.snapshot_requests.request_key is 'SHA-256 of who asks, and of all that was asked';
comment on column render.snapshot_requests.request is 'all that compiling takes, so that nobody is asked again';
comment on column render.snapshot_requests.state is 'painting: how far the picture is, snapshots say';
create index snapshot_requests__snapshot on render.snapshot_requests (tenant_id, snapshot_id) where snapshot_id is not null;
create index snapshot_requests__least_used on render.snapshot_requests (last_used_at);
create index snapshot_requests__open on render.snapshot_requests (tenant_id, account_id) where state = 'preparing';
select platform.own_rows('render.snapshot_requests');

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
  recreation_ends_at timestamptz,
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
comment on column render.exports.recreation_ends_at is 'what it is made of is kept so long; null: it was never there';
create index exports__object on render.exports (object_key) where object_key is not null;
create index exports__gone on render.exports (tenant_id, id) where state in ('expired', 'failed') and object_key is not null;
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
comment on column render.spot_checks.largest_difference is 'of any cell of a frame''s thumbprint, of 255; null where hashes decided';
comment on column render.spot_checks.closed_at is 'when the case that a difference opens was settled';
create index spot_checks__segment on render.spot_checks (tenant_id, segment_id);
create index spot_checks__frame_job on render.spot_checks (tenant_id, frame_job_id) where frame_job_id is not null;
create index spot_checks__newest on render.spot_checks (id desc);
create index spot_checks__cases on render.spot_checks (id desc) where outcome = 'different';
select platform.own_rows('render.spot_checks');

select platform.record_migration('12_render_jobs');
