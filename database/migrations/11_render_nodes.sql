-- The machines of the farm: who they are, how they fare, what they hold, and where they died.

-- One installation of the node agent. Its tenant runs it; the jobs that it takes may be other tenants'.
create table render.nodes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  name text not null,
  enrolment_hash bytea,
  enrolment_expires_at timestamptz,
  enrolled_at timestamptz,
  public_key bytea,
  version text,
  engine text,
  engine_build text,
  platform text,
  arch text,
  cores int,
  memory_bytes bigint,
  workers int,
  capabilities jsonb not null default '{}',
  only_when_idle boolean not null default false,
  takes_work boolean not null default true,
  state text not null default 'offline',
  wish text not null default 'work',
  reason text,
  state_changed_at timestamptz not null default now(),
  last_seen_at timestamptz,
  last_address inet,
  recent_failures int not null default 0,
  silence_counted boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint nodes__primary primary key (tenant_id, id),
  constraint nodes__name_once unique (tenant_id, name),
  constraint nodes__enrolment_once unique (enrolment_hash),
  constraint nodes__public_key_once unique (public_key),
  constraint nodes__enrolment_length check (octet_length(enrolment_hash) = 32),
  constraint nodes__enrolment_expires check (enrolment_hash is null or enrolment_expires_at is not null),
  constraint nodes__public_key_length check (octet_length(public_key) = 32),
  constraint nodes__enrolled check ((enrolled_at is null) = (public_key is null)),
  constraint nodes__states check (state in ('offline', 'online', 'draining', 'paused', 'quarantined', 'retired')),
  constraint nodes__wishes check (wish in ('work', 'drain', 'pause')),
  constraint nodes__does_as_wished check (
    case state when 'online' then wish = 'work' when 'draining' then wish = 'drain' when 'paused' then wish = 'pause' else true end
  ),
  constraint nodes__recent_range check (recent_failures between 0 and 1023),
  constraint nodes__enrolled_first check (state not in ('online', 'draining', 'paused') or enrolled_at is not null),
  constraint nodes__quarantine_reason check (state <> 'quarantined' or reason is not null),
  constraint nodes__sizes check (cores > 0 and memory_bytes > 0 and workers >= 0),
  constraint nodes__capabilities_object check (jsonb_typeof(capabilities) = 'object')
) with (fillfactor = 50);
comment on column render.nodes.enrolment_hash is 'SHA-256 of the one-time token; it counts until enrolled_at or enrolment_expires_at';
comment on column render.nodes.public_key is 'Ed25519, raw: the node signs what it sends, and keeps the other half';
comment on column render.nodes.engine is 'lottie or aftereffects';
comment on column render.nodes.engine_build is 'names the code and libraries that paint and encode; part of every segment key';
comment on column render.nodes.platform is 'linux, darwin or win32';
comment on column render.nodes.capabilities is 'what else it can: fonts, codecs, plug-ins, graphics card';
comment on column render.nodes.only_when_idle is 'desktop mode: works only while nobody uses the machine';
comment on column render.nodes.takes_work is 'by its last beat: not while somebody uses the machine, its disk is full, or it is drained or paused; true again once it starts';
comment on column render.nodes.wish is 'what who runs the installation wants of it; it stands while the node is offline, until it is resumed';
comment on column render.nodes.recent_failures is 'how its last ten attempts ended, a bit each, the last one lowest; 1: it failed';
comment on column render.nodes.silence_counted is 'that it died or fell silent is among recent_failures already: it counts once, however many leases it costs, until the node is heard of';
-- Its id alone is its name: jobs and tokens know no more of it.
create unique index nodes__id on render.nodes (id);
create trigger nodes__touch before update on render.nodes
  for each row execute function platform.touch_updated_at();
select platform.own_rows('render.nodes');

-- Did half of a node's last ten attempts fail, or more? By its recent_failures.
create function render.is_failing(recent_failures int) returns boolean
language sql immutable as $$
  select bit_count(recent_failures::bit(10)) >= 5
$$;

-- Counts that nodes died or fell silent: a failed attempt each, however many leases it costs them, and once until they are heard
-- of. Gives those of which half of the last ten failed now.
create function render.count_silences(lost uuid[]) returns setof uuid
language sql as $$
  with silent as (
    select id from render.nodes where id = any (lost) and not silence_counted order by id for update
  ), counted as (
    update render.nodes as node set recent_failures = ((node.recent_failures << 1) | 1) & 1023, silence_counted = true
    from silent where node.id = silent.id returning node.id, node.recent_failures
  )
  select id from counted where render.is_failing(recent_failures) order by id
$$;

-- A heartbeat's findings.
create table render.node_health_logs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  reported_at timestamptz not null default now(),
  node_id uuid not null,
  state text not null,
  cpu_load numeric(5, 4) not null,
  memory_used_bytes bigint not null,
  memory_total_bytes bigint not null,
  disk_used_bytes bigint not null,
  disk_total_bytes bigint not null,
  running int not null default 0,
  constraint node_health_logs__primary primary key (tenant_id, reported_at, id),
  constraint node_health_logs__load_range check (cpu_load between 0 and 1),
  constraint node_health_logs__memory check (memory_used_bytes between 0 and memory_total_bytes),
  constraint node_health_logs__disk check (disk_used_bytes between 0 and disk_total_bytes),
  constraint node_health_logs__running_count check (running >= 0)
) partition by range (reported_at);
comment on column render.node_health_logs.reported_at is 'by PostgreSQL''s clock: nodes'' clocks go as they like';
comment on column render.node_health_logs.node_id is 'render.nodes.id; not a key: the log outlives it';
comment on column render.node_health_logs.state is 'nodes.state at that time';
comment on column render.node_health_logs.cpu_load is 'share of all cores';
comment on column render.node_health_logs.running is 'frame jobs under way';
create index node_health_logs__node on render.node_health_logs (tenant_id, node_id, reported_at desc);
create table render.node_health_logs_default partition of render.node_health_logs default;
create table render.node_health_logs_2026_01 partition of render.node_health_logs
  for values from ('2026-01-01 00:00:00+00') to ('2026-02-01 00:00:00+00');
select platform.own_rows('render.node_health_logs');
select platform.own_rows('render.node_health_logs_default');
select platform.own_rows('render.node_health_logs_2026_01');
select platform.ensure_month_partitions('render.node_health_logs');

-- A worker that died, or was killed for standing still or taking too much, with all that reproduces it.
create table render.node_crashes (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  node_id uuid not null,
  job_tenant_id uuid,
  frame_job_id uuid,
  attempt int,
  template_version_id uuid,
  kind text not null,
  signal text,
  exit_code bigint,
  last_lines text not null default '',
  piece text,
  frame int,
  rss_bytes bigint,
  engine_build text not null,
  replay jsonb not null default '{}',
  crashed_at timestamptz not null default now(),
  constraint node_crashes__primary primary key (tenant_id, id),
  constraint node_crashes__node foreign key (tenant_id, node_id)
    references render.nodes (tenant_id, id) on delete restrict,
  constraint node_crashes__kinds check (kind in ('died', 'stuck', 'out_of_memory', 'node_lost')),
  constraint node_crashes__job check (num_nonnulls(job_tenant_id, frame_job_id, attempt) in (0, 3)),
  -- A node that comes to itself again may report the same death twice.
  constraint node_crashes__attempt_once unique (tenant_id, node_id, frame_job_id, attempt),
  constraint node_crashes__attempt_count check (attempt >= 1),
  constraint node_crashes__frame_count check (frame >= 0),
  constraint node_crashes__rss_count check (rss_bytes >= 0),
  constraint node_crashes__replay_object check (jsonb_typeof(replay) = 'object')
);
comment on column render.node_crashes.job_tenant_id is 'identity.tenants.id; whose job it was';
comment on column render.node_crashes.frame_job_id is 'render.frame_jobs.id under job_tenant_id; not a key: the record outlives it';
comment on column render.node_crashes.template_version_id is 'content.template_versions.id';
comment on column render.node_crashes.frame is 'the frame of the piece that was being painted';
comment on column render.node_crashes.rss_bytes is 'of the worker, when last seen';
comment on column render.node_crashes.replay is 'the order as it was given; the files that it names are render.inputs, pinned by this row once they are kept';
create index node_crashes__oldest on render.node_crashes (crashed_at);
create index node_crashes__node on render.node_crashes (tenant_id, node_id, crashed_at desc);
create index node_crashes__job on render.node_crashes (job_tenant_id, frame_job_id) where frame_job_id is not null;
select platform.own_rows('render.node_crashes');

-- A template on a node's disk; the least recently used goes first.
create table render.node_template_cache (
  tenant_id uuid not null,
  node_id uuid not null,
  template_hash bytea not null,
  bytes bigint not null,
  last_used_at timestamptz not null default now(),
  constraint node_template_cache__primary primary key (tenant_id, node_id, template_hash),
  constraint node_template_cache__node foreign key (tenant_id, node_id)
    references render.nodes (tenant_id, id) on delete cascade,
  constraint node_template_cache__hash_length check (octet_length(template_hash) = 32),
  constraint node_template_cache__size check (bytes > 0)
);
comment on column render.node_template_cache.template_hash is 'the package''s content hash';
create index node_template_cache__least_used on render.node_template_cache (tenant_id, node_id, last_used_at);
select platform.own_rows('render.node_template_cache');

select platform.record_migration('11_render_nodes');
