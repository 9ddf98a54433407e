import type { ManifestScene, Sound } from '@flatrender/contracts/template'
import type { MediaLibrary } from '../media/media-info.ts'
import type { PictureValue, Story } from '../story/story.ts'
import { outerTime } from './time-map.ts'
import type { Timeline, TimelineScene } from './timeline.ts'

/** One stretch of sound on the timeline. Seconds; volume is linear. */
export interface SoundTrack {
  readonly kind: 'music' | 'voice' | 'sfx' | 'clip'
  /** A path in the package, or a `src` of the modifications. */
  readonly source: string
  readonly packaged: boolean
  /** On the timeline. */
  readonly start: number
  readonly trimStart: number
  /** Of the source; absent: to its end. */
  readonly trimEnd?: number
  /** Begins again until the video ends. */
  readonly loop: boolean
  readonly speed: number
  readonly volume: number
  readonly fadeIn: number
  readonly fadeOut: number
}

/** All sounds of the video, in the order of the timeline's scenes, then music and voice. */
export function planSound(timeline: Timeline, story: Story, media: MediaLibrary): SoundTrack[] {
  const seconds = (frames: number) => (frames * timeline.fps.den) / timeline.fps.num
  const tracks: SoundTrack[] = []
  timeline.scenes.forEach((scene, index) => {
    const start = seconds(scene.start)
    const next = timeline.scenes[index + 1]
    const previous = timeline.scenes[index - 1]
    const isAlone = {
      from: previous === undefined ? 0 : seconds(previous.start + previous.frames),
      to: next === undefined ? Infinity : seconds(next.start),
    }
    const { voiceover } = scene.resolved
    if (voiceover !== undefined) tracks.push(track('voice', voiceover, start + (voiceover.start ?? 0)))
    tracks.push(...cueTracks(scene, start, timeline, story.sfxVolume))
    for (const [slot, { from, to }] of scene.clips) {
      const span = { start: start + seconds(from), end: start + seconds(to) }
      const fadeIn = Math.max(0, isAlone.from - span.start)
      const fadeOut = Math.max(0, span.end - isAlone.to)
      tracks.push(...clipTracks(scene, slot, { ...span, fadeIn, fadeOut }, media, story.clipsVolume))
    }
  })
  if (story.music !== undefined) {
    const { packaged, ...music } = story.music
    tracks.push({ ...track('music', music, music.start ?? 0), packaged })
  }
  if (story.voiceover !== undefined) tracks.push(track('voice', story.voiceover, story.voiceover.start ?? 0))
  return tracks.filter(({ volume }) => volume > 0)
}

function track(kind: SoundTrack['kind'], sound: Sound, start: number): SoundTrack {
  return {
    kind,
    source: sound.src,
    packaged: false,
    start,
    trimStart: sound.trimStart ?? 0,
    ...(sound.trimEnd !== undefined && { trimEnd: sound.trimEnd }),
    loop: sound.loop ?? false,
    speed: 1,
    volume: sound.volume ?? 1,
    fadeIn: sound.fadeIn ?? 0,
    fadeOut: sound.fadeOut ?? 0,
  }
}

function cueTracks(
  { resolved, map }: TimelineScene,
  start: number,
  { fps, step }: Timeline,
  volume: number,
): SoundTrack[] {
  return resolved.scene.cues.flatMap((cue: ManifestScene['cues'][number]) => {
    const frame = outerTime(map, cue.frame)
    if (frame === undefined) return []
    const at = start + ((frame / step) * fps.den) / fps.num
    return [{ ...track('sfx', { src: cue.file, volume: cue.volume * volume }, at), packaged: true }]
  })
}

interface Span {
  readonly start: number
  readonly end: number
  readonly fadeIn: number
  readonly fadeOut: number
}

/** A video's own sound: one track a trim, faded with the transitions at the scene's ends. */
function clipTracks(
  { resolved }: TimelineScene,
  slot: string,
  span: Span,
  media: MediaLibrary,
  volume: number,
): SoundTrack[] {
  const value = resolved.values.get(slot)
  if (value?.type !== 'picture') return []
  const info = media.get(value.src)
  return info?.kind === 'video' && info.hasAudio ? clipTrack(value, info.seconds, span, volume) : []
}

/** A loop shorter than this (seconds) is not heard as one, and would take thousands of tracks. */
const SHORTEST_LOOP = 0.1

function clipTrack(value: PictureValue, sourceEnd: number, span: Span, volume: number): SoundTrack[] {
  const spans = value.trims ?? [{ start: 0, end: sourceEnd }]
  const tracks: SoundTrack[] = []
  const length = spans.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, sourceEnd) - start), 0)
  const loops = value.loop && length / value.speed >= SHORTEST_LOOP
  let at = span.start
  do {
    for (const trim of spans) {
      const length = Math.max(0, Math.min(trim.end, sourceEnd) - trim.start)
      const room = (span.end - at) * value.speed
      if (length <= 0 || room <= 0) continue
      const played = Math.min(length, room)
      tracks.push({
        ...track(
          'clip',
          {
            src: value.src,
            trimStart: trim.start,
            trimEnd: trim.start + played,
            volume: value.volume * volume,
          },
          at,
        ),
        speed: value.speed,
      })
      at += played / value.speed
    }
  } while (loops && at < span.end - 1e-6)
  const last = tracks.length - 1
  return tracks.map((one, index) => ({
    ...one,
    fadeIn: index === 0 ? span.fadeIn : 0,
    fadeOut: index === last && at >= span.end - 1e-6 ? span.fadeOut : 0,
  }))
}
