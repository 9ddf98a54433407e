import type { SystemTransaction, TenantTransaction } from '@flatrender/platform/db'
import type { Generated } from 'kysely'
import type { Tables as NodeTables } from './nodes/tables.ts'

interface JsonList extends ReadonlyArray<Record<string, unknown>> {}

interface Batches {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  api_key_id: string | null
  account_id: string
  template_id: string
  template_version_id: string
  name: string | null
  lane: Generated<'preview' | 'interactive' | 'batch'>
  metadata: Generated<Record<string, unknown>>
  webhook_url: string | null
  request: Record<string, unknown>
  rows_total: number
  all_or_nothing: Generated<boolean>
  state: 'examining' | 'placing' | 'running' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled'
  tally: Record<string, unknown> | null
  failure_code: string | null
  failure_data: Record<string, unknown> | null
  created_at: Generated<Date>
  finished_at: Date | null
}

interface BatchRows {
  tenant_id: string
  batch_id: string
  row: number
  owner_id: string | null
  name: string | null
  modifications: Record<string, unknown> | null
  metadata: Generated<Record<string, unknown>>
  state: Generated<'waiting' | 'examined' | 'accepted' | 'refused' | 'cancelled'>
  tries: Generated<number>
  render_job_id: string | null
  credits: string | null
  video_ms: number | null
  failures: JsonList | null
}

interface RenderJobs {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  api_key_id: string | null
  account_id: string
  template_id: string
  template_version_id: string
  template_package: Record<string, unknown>
  project_id: string | null
  project_revision: number | null
  batch_id: string | null
  batch_row: number | null
  retry_of_id: string | null
  modifications: Record<string, unknown>
  output: Record<string, unknown>
  output_preset_id: string | null
  metadata: Generated<Record<string, unknown>>
  webhook_url: string | null
  lane: Generated<'preview' | 'interactive' | 'batch'>
  priority: Generated<number>
  running_cap: number | null
  watermarked: Generated<boolean>
  has_voiceover: Generated<boolean>
  media: Generated<Record<string, unknown>>
  state: Generated<'queued' | 'preparing' | 'rendering' | 'assembling' | 'succeeded' | 'failed' | 'cancelled'>
  resting: Generated<boolean>
  plan_hash: Buffer | null
  plan_object_key: string | null
  frames_total: number | null
  frames_done: Generated<number>
  frames_cached: Generated<number>
  frames_repaired: Generated<number>
  credits_quoted: Generated<string>
  credits_reserved: Generated<string>
  credits_settled: string | null
  video_ms: Generated<number>
  warnings: Generated<JsonList>
  failure_code: string | null
  failure_data: Record<string, unknown> | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
  preparing_at: Date | null
  rendering_at: Date | null
  assembling_at: Date | null
  finished_at: Date | null
  emptied_at: Date | null
}

interface TenantShares {
  tenant_id: string
  weight: Generated<number>
  virtual_ms: Generated<number>
  owed_ms: Generated<number>
  pending_preview: Generated<number>
  pending_interactive: Generated<number>
  pending_batch: Generated<number>
  running: Generated<number>
  best_lane: number | null
  worst_lane: number | null
  burst_lane: number | null
}

interface AccountShares {
  tenant_id: string
  account_id: string
  weight: Generated<number>
  virtual_ms: Generated<number>
  owed_ms: Generated<number>
  pending_preview: Generated<number>
  pending_interactive: Generated<number>
  pending_batch: Generated<number>
  running: Generated<number>
  running_cap: number | null
  running_burst: Generated<number>
  best_lane: number | null
  worst_lane: number | null
  burst_lane: number | null
}

interface FrameJobs {
  tenant_id: string
  id: Generated<string>
  kind: Generated<'frames' | 'probe' | 'thumbnail' | 'snapshot' | 'sound' | 'assemble' | 'compare'>
  payer_tenant_id: string
  account_id: string
  render_job_id: string | null
  lane: Generated<'preview' | 'interactive' | 'batch'>
  priority: Generated<number>
  engine: Generated<string>
  engine_build: string | null
  template_hash: Buffer | null
  needed_memory_bytes: Generated<string>
  frames: Generated<number>
  estimated_ms: Generated<number>
  input: Record<string, unknown>
  waiters: Generated<number>
  state: Generated<'pending' | 'leased' | 'verified' | 'cached' | 'failed' | 'cancelled'>
  attempts: Generated<number>
  tried_node_ids: Generated<string[]>
  ready: Generated<boolean>
  not_before_at: Generated<Date>
  node_id: string | null
  fence: Generated<string>
  reported: 'completed' | 'failed' | null
  leased_at: Date | null
  lease_expires_at: Date | null
  result: Record<string, unknown> | null
  error: Record<string, unknown> | null
  worked_ms: number | null
  queued_at: Generated<Date>
  finished_at: Date | null
}

interface Segments {
  tenant_id: string
  id: Generated<string>
  key: Buffer
  frames: number
  arch: string
  engine_build: string
  state: Generated<'missing' | 'rendering' | 'verified' | 'lost' | 'evicted'>
  frame_job_id: string | null
  object_key: string | null
  bytes: string | null
  hash: Buffer | null
  verified_at: Date | null
  last_used_at: Generated<Date>
  created_at: Generated<Date>
}

interface SegmentPins {
  tenant_id: string
  segment_id: string
  job_tenant_id: string
  render_job_id: string
  frames: number
  created_at: Generated<Date>
}

interface Inputs {
  tenant_id: string
  id: Generated<string>
  hash: Buffer | null
  extension: Generated<string>
  bytes: string | null
  object_key: string
  state: Generated<'storing' | 'ready' | 'removing'>
  last_used_at: Generated<Date>
  created_at: Generated<Date>
}

interface InputPins {
  tenant_id: string
  input_id: string
  holder_tenant_id: string
  holder_id: string
  created_at: Generated<Date>
}

interface Probes {
  tenant_id: string
  hash: Buffer
  state: Generated<'pending' | 'known' | 'failed'>
  frame_job_id: string | null
  info: Record<string, unknown> | null
  failure: Record<string, unknown> | null
  created_at: Generated<Date>
  finished_at: Date | null
}

interface FrameRepairJobs {
  tenant_id: string
  id: Generated<string>
  segment_id: string
  frames: number[]
  reason: string
  found_on_node_id: string | null
  frame_job_id: string | null
  state: Generated<'pending' | 'rendering' | 'repaired' | 'failed' | 'cancelled'>
  created_at: Generated<Date>
  finished_at: Date | null
}

interface Snapshots {
  tenant_id: string
  id: Generated<string>
  cache_key: Buffer
  template_version_id: string
  scene: string
  frame: number
  width: number
  height: number
  format: Generated<'png' | 'webp'>
  state: Generated<'pending' | 'ready' | 'failed' | 'evicted'>
  frame_job_id: string | null
  object_key: string | null
  bytes: string | null
  hash: Buffer | null
  failure_code: string | null
  failure_data: Record<string, unknown> | null
  last_used_at: Generated<Date>
  created_at: Generated<Date>
}

interface SnapshotRequests {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  api_key_id: string | null
  account_id: string
  request_key: Buffer
  request: Record<string, unknown>
  width: number
  height: number
  format: 'png' | 'webp'
  state: Generated<'preparing' | 'painting' | 'failed'>
  snapshot_id: string | null
  failure_code: string | null
  failure_data: Record<string, unknown> | null
  preparing_at: Generated<Date>
  last_used_at: Generated<Date>
  created_at: Generated<Date>
}

interface Exports {
  tenant_id: string
  id: Generated<string>
  render_job_id: string | null
  batch_id: string | null
  container: 'mp4' | 'webm' | 'mov' | 'gif' | 'webp' | 'png' | 'zip'
  state: Generated<'assembling' | 'ready' | 'failed' | 'expired'>
  object_key: string | null
  bytes: string | null
  hash: Buffer | null
  duration_ms: number | null
  file_id: string | null
  failure_code: string | null
  expires_at: Date | null
  recreation_ends_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

interface SpotChecks {
  tenant_id: string
  id: Generated<string>
  segment_id: string
  frame_job_id: string | null
  first_node_id: string
  second_node_id: string | null
  first_hash: Buffer
  second_hash: Buffer | null
  outcome: Generated<'pending' | 'same' | 'within_tolerance' | 'different' | 'abandoned'>
  largest_difference: number | null
  odd_node_id: string | null
  created_at: Generated<Date>
  checked_at: Date | null
  closed_at: Date | null
}

/** The rows of `database/migrations/12_render_jobs.sql`, and those of nodes. */
export interface Tables extends NodeTables {
  readonly 'render.batches': Batches
  readonly 'render.batch_rows': BatchRows
  readonly 'render.render_jobs': RenderJobs
  readonly 'render.tenant_shares': TenantShares
  readonly 'render.account_shares': AccountShares
  readonly 'render.frame_jobs': FrameJobs
  readonly 'render.segments': Segments
  readonly 'render.segment_pins': SegmentPins
  readonly 'render.inputs': Inputs
  readonly 'render.input_pins': InputPins
  readonly 'render.probes': Probes
  readonly 'render.frame_repair_jobs': FrameRepairJobs
  readonly 'render.snapshots': Snapshots
  readonly 'render.snapshot_requests': SnapshotRequests
  readonly 'render.exports': Exports
  readonly 'render.spot_checks': SpotChecks
}

/** A transaction of either door: for what a tenant does to its own rows, and the system to those of any one tenant. */
export type AnyTransaction = TenantTransaction<Tables> | SystemTransaction<Tables>
