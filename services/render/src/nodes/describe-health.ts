import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** Turns a sign of life into what is answered. */
export function describeHealth(row: Selectable<Tables['render.node_health_logs']>) {
  return {
    reportedAt: row.reported_at.toISOString(),
    running: row.running,
    cpuLoad: Number(row.cpu_load),
    memoryUsedBytes: Number(row.memory_used_bytes),
    memoryTotalBytes: Number(row.memory_total_bytes),
    diskUsedBytes: Number(row.disk_used_bytes),
    diskTotalBytes: Number(row.disk_total_bytes),
  }
}

/** The same of a death. */
export function describeCrash(row: Selectable<Tables['render.node_crashes']>) {
  return {
    id: row.id,
    kind: row.kind,
    frameJobId: row.frame_job_id,
    attempt: row.attempt,
    signal: row.signal,
    exitCode: row.exit_code === null ? null : Number(row.exit_code),
    piece: row.piece,
    frame: row.frame,
    rssBytes: row.rss_bytes === null ? null : Number(row.rss_bytes),
    engineBuild: row.engine_build,
    lastLines: row.last_lines,
    crashedAt: row.crashed_at.toISOString(),
  }
}
