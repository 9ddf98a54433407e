import type { Generated } from 'kysely'

interface Nodes {
  tenant_id: string
  id: Generated<string>
  name: string
  enrolment_hash: Buffer | null
  enrolment_expires_at: Date | null
  enrolled_at: Date | null
  public_key: Buffer | null
  version: string | null
  engine: string | null
  engine_build: string | null
  platform: string | null
  arch: string | null
  cores: number | null
  memory_bytes: string | null
  workers: number | null
  capabilities: Generated<Record<string, unknown>>
  only_when_idle: Generated<boolean>
  takes_work: Generated<boolean>
  state: Generated<'offline' | 'online' | 'draining' | 'paused' | 'quarantined' | 'retired'>
  wish: Generated<'work' | 'drain' | 'pause'>
  reason: string | null
  state_changed_at: Generated<Date>
  last_seen_at: Date | null
  last_address: string | null
  recent_failures: Generated<number>
  silence_counted: Generated<boolean>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

interface NodeHealthLogs {
  tenant_id: string
  id: Generated<string>
  reported_at: Generated<Date>
  node_id: string
  state: string
  cpu_load: string
  memory_used_bytes: string
  memory_total_bytes: string
  disk_used_bytes: string
  disk_total_bytes: string
  running: Generated<number>
}

interface NodeCrashes {
  tenant_id: string
  id: Generated<string>
  node_id: string
  job_tenant_id: string | null
  frame_job_id: string | null
  attempt: number | null
  template_version_id: string | null
  kind: 'died' | 'stuck' | 'out_of_memory' | 'node_lost'
  signal: string | null
  exit_code: string | null
  last_lines: Generated<string>
  piece: string | null
  frame: number | null
  rss_bytes: string | null
  engine_build: string
  replay: Generated<Record<string, unknown>>
  crashed_at: Generated<Date>
}

interface NodeTemplateCache {
  tenant_id: string
  node_id: string
  template_hash: Buffer
  bytes: string
  last_used_at: Generated<Date>
}

/** The rows of `database/migrations/11_render_nodes.sql`. */
export interface Tables {
  readonly 'render.nodes': Nodes
  readonly 'render.node_health_logs': NodeHealthLogs
  readonly 'render.node_crashes': NodeCrashes
  readonly 'render.node_template_cache': NodeTemplateCache
}
