import type { PictureValue } from '../story/story.ts'
import type { MediaLibrary } from './media-info.ts'

/** What begins at the end of a trim is no part of it: standing there shows the picture just before, seconds. */
const BEFORE_END = 0.001

/** How long a video's trims play at its speed, seconds; undefined for a still picture. */
export function playedSeconds(value: PictureValue, media: MediaLibrary): number | undefined {
  const info = media.get(value.src)
  if (info?.kind !== 'video') return undefined
  const spans = value.trims ?? [{ start: 0, end: info.seconds }]
  const length = spans.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, info.seconds) - start),
    0,
  )
  return length / value.speed
}

/** The moment of the source (seconds) that shows `elapsed` seconds after the video began. */
export function sourceSeconds(value: PictureValue, videoSeconds: number, elapsed: number): number {
  const spans = (value.trims ?? [{ start: 0, end: videoSeconds }])
    .map(({ start, end }) => ({ start: Math.min(start, videoSeconds), end: Math.min(end, videoSeconds) }))
    .filter(({ start, end }) => end > start)
  const length = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  if (length === 0) return Math.min(value.trims?.[0]?.start ?? 0, videoSeconds)
  let left = elapsed * value.speed
  left = value.loop ? left % length : left
  for (const { start, end } of spans) {
    if (left < end - start) return start + left
    left -= end - start
  }
  const { start, end } = spans.at(-1)!
  return Math.max(start, end - BEFORE_END)
}
