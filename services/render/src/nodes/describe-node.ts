import type { NodeRow } from './nodes-store.ts'

/** Turns a node's row into what is answered. */
export function describeNode(row: NodeRow, running: number) {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    wish: row.wish,
    reason: row.reason,
    enrolled: row.enrolled_at !== null,
    version: row.version,
    engineBuild: row.engine_build,
    platform: row.platform,
    arch: row.arch,
    cores: row.cores,
    memoryBytes: row.memory_bytes === null ? null : Number(row.memory_bytes),
    workers: row.workers,
    onlyWhenIdle: row.only_when_idle,
    running,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
