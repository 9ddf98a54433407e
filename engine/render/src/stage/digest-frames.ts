import { createHash } from 'node:crypto'
import type { PlannedSegment } from '../plan/plan.ts'
import type { PaintStage } from './paint-segments.ts'

/**
 * SHA-256 over the SHA-256 of every frame as it went into the encoder, in the order of the timeline, one hexadecimal
 * line each. Segments that were painted without hashes are painted once more, unencoded.
 */
export async function digestFrames(stage: PaintStage): Promise<string> {
  const hashes = new Map<string, Promise<readonly string[]>>()
  for (const segment of stage.plan.segments) {
    if (!hashes.has(segment.key)) hashes.set(segment.key, hashSegment(stage, segment))
  }
  const digest = createHash('sha256')
  for (const { key } of stage.plan.segments) {
    for (const hash of await hashes.get(key)!) digest.update(`${hash}\n`)
  }
  return digest.digest('hex')
}

async function hashSegment(stage: PaintStage, segment: PlannedSegment): Promise<readonly string[]> {
  const kept = await stage.cache.read(segment.key)
  if (kept?.manifest.frameHashes !== undefined) return kept.manifest.frameHashes
  const { frameHashes = [] } = await stage.pool.paint({ ...stage.orderFor(segment), hashFrames: true })
  return frameHashes
}
