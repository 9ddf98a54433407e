import { createHash } from 'node:crypto'
import type { PlannedSegment } from '@flatrender/contracts/engine'
import type { PaintStage } from './paint-segments.ts'

/**
 * SHA-256 over the SHA-256 of every frame as it went into the encoder, in the order of the timeline, one hexadecimal
 * line each. Segments that were painted without hashes are painted once more, unencoded.
 */
export async function digestFrames(stage: PaintStage): Promise<string> {
  const { segments } = stage.plan
  const hashes = new Map<string, readonly string[]>()
  const queue = new Map(segments.map((segment) => [segment.key, segment])).values()
  const work = async (): Promise<void> => {
    for (const segment of queue) hashes.set(segment.key, await hashSegment(stage, segment))
  }
  await Promise.all(Array.from({ length: stage.parallel }, work))
  const digest = createHash('sha256')
  for (const { key } of segments) for (const hash of hashes.get(key)!) digest.update(`${hash}\n`)
  return digest.digest('hex')
}

async function hashSegment(stage: PaintStage, segment: PlannedSegment): Promise<readonly string[]> {
  const kept = await stage.cache.read(segment.key)
  if (kept?.manifest.frameHashes !== undefined) return kept.manifest.frameHashes
  const { frameHashes } = await stage.pool.run({
    kind: 'paint',
    ...stage.orderFor(segment),
    hashFrames: true,
  })
  if (frameHashes === undefined) throw new Error('a worker was asked for hashes and gave none')
  return frameHashes
}
