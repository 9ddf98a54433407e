-- People's files: folders, contents and their versions, uploads, quotas, and what is cleaned up when.

-- A tree for each owner.
create table file_mgr.folders (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  parent_id uuid,
  name citext not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint folders__primary primary key (tenant_id, id),
  -- Restricted, as files' folders are: whoever empties a folder puts its files into the bin one by one.
  constraint folders__parent foreign key (tenant_id, parent_id)
    references file_mgr.folders (tenant_id, id) on delete restrict,
  constraint folders__name_once unique nulls not distinct (tenant_id, owner_id, parent_id, name),
  constraint folders__not_its_own check (parent_id <> id),
  constraint folders__name_shape check (length(name) between 1 and 255 and name !~ '[/\\[:cntrl:]]')
);
comment on column file_mgr.folders.owner_id is 'identity.users.id; null: the tenant''s own';
create index folders__children on file_mgr.folders (tenant_id, parent_id);
create trigger folders__touch before update on file_mgr.folders
  for each row execute function platform.touch_updated_at();
select platform.own_rows('file_mgr.folders');

-- A file with its present content. Its object is named before it is stored; that of an export is the render service's.
create table file_mgr.files (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  owner_id uuid,
  account_id uuid not null,
  folder_id uuid,
  name text not null,
  kind text not null default 'other',
  media_type text not null default 'application/octet-stream',
  version int not null default 1,
  bytes bigint not null default 0,
  hash bytea,
  object_key text,
  probe jsonb,
  state text not null default 'uploading',
  rejection_code text,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint files__primary primary key (tenant_id, id),
  constraint files__folder foreign key (tenant_id, folder_id)
    references file_mgr.folders (tenant_id, id) on delete restrict,
  constraint files__kinds check (kind in ('picture', 'video', 'sound', 'font', 'template', 'export', 'other')),
  constraint files__states check (state in ('uploading', 'scanning', 'ready', 'rejected', 'deleted')),
  constraint files__stored check (state not in ('scanning', 'ready') or (object_key is not null and hash is not null)),
  constraint files__rejected check ((state = 'rejected') = (rejection_code is not null)),
  constraint files__deleted check (state <> 'deleted' or (deleted_at is not null and object_key is null)),
  constraint files__name_shape check (length(name) between 1 and 255 and name !~ '[/\\[:cntrl:]]'),
  constraint files__media_type_shape check (media_type ~ '^[a-z0-9.+-]+/[a-z0-9.+*-]+$'),
  constraint files__version_count check (version >= 1),
  constraint files__size check (bytes >= 0),
  constraint files__hash_length check (octet_length(hash) = 32),
  constraint files__probe_object check (jsonb_typeof(probe) = 'object')
);
comment on column file_mgr.files.owner_id is 'identity.users.id, who may be gone; null: the tenant''s own';
comment on column file_mgr.files.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone; whose quota it counts in';
comment on column file_mgr.files.media_type is 'as the upload said, until a scan has found out';
comment on column file_mgr.files.hash is 'SHA-256 of the content';
comment on column file_mgr.files.probe is 'what a node found out: size, duration, streams; null before';
comment on column file_mgr.files.state is 'deleted: the content is gone, the row stays for those who ask after it';
comment on column file_mgr.files.deleted_at is 'in the bin since';
create index files__folder on file_mgr.files (tenant_id, folder_id, created_at desc);
create index files__newest on file_mgr.files (tenant_id, owner_id, created_at desc) where deleted_at is null;
create index files__kind on file_mgr.files (tenant_id, owner_id, kind, created_at desc) where deleted_at is null;
create index files__hash on file_mgr.files (tenant_id, hash);
create index files__object on file_mgr.files (object_key);
create index files__bin on file_mgr.files (deleted_at) where deleted_at is not null and state <> 'deleted';
create index files__unfinished on file_mgr.files (created_at) where state in ('uploading', 'scanning');
create trigger files__touch before update on file_mgr.files
  for each row execute function platform.touch_updated_at();
select platform.own_rows('file_mgr.files');

-- What a file held before.
create table file_mgr.file_versions (
  tenant_id uuid not null,
  file_id uuid not null,
  version int not null,
  media_type text not null,
  bytes bigint not null,
  hash bytea not null,
  object_key text not null,
  probe jsonb,
  author_id uuid,
  created_at timestamptz not null default now(),
  constraint file_versions__primary primary key (tenant_id, file_id, version),
  constraint file_versions__file foreign key (tenant_id, file_id)
    references file_mgr.files (tenant_id, id) on delete restrict,
  constraint file_versions__version_count check (version >= 1),
  constraint file_versions__size check (bytes >= 0),
  constraint file_versions__hash_length check (octet_length(hash) = 32)
);
comment on column file_mgr.file_versions.author_id is 'identity.users.id, who may be gone; who brought it; null for a program';
comment on column file_mgr.file_versions.created_at is 'when it was replaced';
create index file_versions__object on file_mgr.file_versions (object_key);
select platform.own_rows('file_mgr.file_versions');

-- How much an account may store. Room is reserved when an upload begins, and used once it has come.
create table file_mgr.quotas (
  tenant_id uuid not null,
  account_id uuid not null,
  limit_bytes bigint,
  used_bytes bigint not null default 0,
  reserved_bytes bigint not null default 0,
  export_bytes bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint quotas__primary primary key (tenant_id, account_id),
  constraint quotas__sizes check (limit_bytes >= 0 and used_bytes >= 0 and reserved_bytes >= 0 and export_bytes >= 0)
);
comment on column file_mgr.quotas.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone';
comment on column file_mgr.quotas.limit_bytes is 'null: none. What is used may lie above it once a plan shrinks, so a trigger refuses additions in place of a check';
comment on column file_mgr.quotas.export_bytes is 'of finished videos: they are paid for and never refused, but whoever is above the limit by them uploads nothing more';
-- Nothing is added above the limit, by however many at once: the row is locked by then.
create function file_mgr.refuse_over_quota() returns trigger
language plpgsql as $$
begin
  if new.used_bytes + new.reserved_bytes + new.export_bytes > new.limit_bytes
    and new.used_bytes + new.reserved_bytes > old.used_bytes + old.reserved_bytes then
    raise exception 'quota of account % is used up', new.account_id
      using errcode = 'check_violation', constraint = 'quotas__limit', schema = 'file_mgr', table = 'quotas';
  end if;
  return new;
end
$$;
create trigger quotas__limit before update on file_mgr.quotas
  for each row execute function file_mgr.refuse_over_quota();
create trigger quotas__touch before update on file_mgr.quotas
  for each row execute function platform.touch_updated_at();
select platform.own_rows('file_mgr.quotas');

-- An upload under way: it goes on where it was interrupted.
create table file_mgr.upload_sessions (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  file_id uuid not null,
  owner_id uuid,
  account_id uuid not null,
  protocol text not null,
  offset_bytes bigint not null default 0,
  length_bytes bigint,
  reserved_bytes bigint not null default 0,
  part_bytes bigint,
  parts jsonb not null default '[]',
  object_key text not null,
  storage_upload text,
  expected_hash bytea,
  state text not null default 'open',
  failure_code text,
  expires_at timestamptz not null default now() + interval '24 hours',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint upload_sessions__primary primary key (tenant_id, id),
  constraint upload_sessions__file foreign key (tenant_id, file_id)
    references file_mgr.files (tenant_id, id) on delete restrict,
  constraint upload_sessions__protocols check (protocol in ('single', 'multipart', 'tus')),
  constraint upload_sessions__states check (state in ('open', 'completing', 'completed', 'failed', 'aborted', 'expired')),
  constraint upload_sessions__finished check ((state in ('open', 'completing')) = (finished_at is null)),
  constraint upload_sessions__failed check ((state = 'failed') = (failure_code is not null)),
  constraint upload_sessions__sizes check (
    offset_bytes >= 0 and length_bytes >= offset_bytes and reserved_bytes >= 0 and part_bytes > 0
  ),
  constraint upload_sessions__whole check (state <> 'completed' or (length_bytes is not null and offset_bytes = length_bytes)),
  constraint upload_sessions__parts_array check (jsonb_typeof(parts) = 'array'),
  constraint upload_sessions__hash_length check (octet_length(expected_hash) = 32)
);
comment on column file_mgr.upload_sessions.owner_id is 'identity.users.id, who may be gone; null for a program';
comment on column file_mgr.upload_sessions.account_id is 'identity.users.id where the tenant bills per user, else identity.tenants.id, who may be gone; whose quota reserved_bytes are taken from';
comment on column file_mgr.upload_sessions.length_bytes is 'null: not told yet, as tus allows';
comment on column file_mgr.upload_sessions.parts is 'of a multipart upload: number, bytes, hash and the storage''s tag of each that has come';
comment on column file_mgr.upload_sessions.storage_upload is 'the storage''s own name for its multipart upload';
create index upload_sessions__file on file_mgr.upload_sessions (tenant_id, file_id);
create index upload_sessions__expiring on file_mgr.upload_sessions (expires_at) where state in ('open', 'completing');
create trigger upload_sessions__touch before update on file_mgr.upload_sessions
  for each row execute function platform.touch_updated_at();
select platform.own_rows('file_mgr.upload_sessions');

-- What is cleaned up, how old it must be, and when that is looked at.
create table file_mgr.cleanup_schedules (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  name text not null,
  target text not null,
  kind text,
  older_than_days int not null,
  cron text not null,
  enabled boolean not null default true,
  next_run_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint cleanup_schedules__primary primary key (tenant_id, id),
  constraint cleanup_schedules__name_once unique (tenant_id, name),
  constraint cleanup_schedules__targets check (target in ('bin', 'uploads', 'versions', 'rejected', 'exports', 'unused')),
  constraint cleanup_schedules__kinds check (kind in ('picture', 'video', 'sound', 'font', 'template', 'export', 'other')),
  constraint cleanup_schedules__age check (older_than_days >= 0)
);
comment on column file_mgr.cleanup_schedules.target is 'unused: files that nobody refers to. A file that somebody refers to stays, whatever its age';
comment on column file_mgr.cleanup_schedules.kind is 'of file; null: all';
comment on column file_mgr.cleanup_schedules.cron is 'five fields, UTC';
create index cleanup_schedules__due on file_mgr.cleanup_schedules (next_run_at) where enabled;
create trigger cleanup_schedules__touch before update on file_mgr.cleanup_schedules
  for each row execute function platform.touch_updated_at();
select platform.own_rows('file_mgr.cleanup_schedules');

create table file_mgr.cleanup_runs (
  tenant_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  schedule_id uuid,
  target text not null,
  dry_run boolean not null default false,
  state text not null default 'running',
  files_deleted int not null default 0,
  freed_bytes bigint not null default 0,
  error text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint cleanup_runs__primary primary key (tenant_id, id),
  constraint cleanup_runs__schedule foreign key (tenant_id, schedule_id)
    references file_mgr.cleanup_schedules (tenant_id, id) on delete set null (schedule_id),
  constraint cleanup_runs__states check (state in ('running', 'succeeded', 'failed')),
  constraint cleanup_runs__finished check ((state = 'running') = (finished_at is null)),
  constraint cleanup_runs__failed check ((state = 'failed') = (error is not null)),
  constraint cleanup_runs__counts check (files_deleted >= 0 and freed_bytes >= 0)
);
comment on column file_mgr.cleanup_runs.schedule_id is 'null: asked for by hand, or the schedule is gone';
create index cleanup_runs__newest on file_mgr.cleanup_runs (tenant_id, started_at desc);
-- One run of a schedule at a time.
create unique index cleanup_runs__running_once on file_mgr.cleanup_runs (tenant_id, schedule_id) where state = 'running';
create index cleanup_runs__schedule on file_mgr.cleanup_runs (tenant_id, schedule_id, started_at desc) where schedule_id is not null;
select platform.own_rows('file_mgr.cleanup_runs');

-- Who uses a file, so that it isn't deleted under them. Not named `references`: that is a reserved word of SQL.
create table file_mgr.file_references (
  tenant_id uuid not null,
  file_id uuid not null,
  service text not null,
  noun text not null,
  used_by_tenant_id uuid not null,
  used_by_id uuid not null,
  created_at timestamptz not null default now(),
  constraint file_references__primary primary key (tenant_id, file_id, service, noun, used_by_tenant_id, used_by_id),
  constraint file_references__file foreign key (tenant_id, file_id)
    references file_mgr.files (tenant_id, id) on delete restrict,
  constraint file_references__service_shape check (service ~ '^[a-z]+$'),
  constraint file_references__noun_shape check (noun ~ '^[a-z]+(_[a-z]+)*$')
);
comment on column file_mgr.file_references.noun is 'the table, in the service''s schema';
comment on column file_mgr.file_references.used_by_tenant_id is 'identity.tenants.id; a tenant below may use what is shared with it';
comment on column file_mgr.file_references.used_by_id is 'the id of a row of the table that service and noun name';
create index file_references__used_by on file_mgr.file_references (used_by_tenant_id, service, noun, used_by_id);
select platform.own_rows('file_mgr.file_references');

select platform.record_migration('13_file_manager');
