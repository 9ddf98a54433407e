import type { Lottie } from '../lottie/lottie-json.ts'

/** A stretch of a scene that plays evenly. All in frames of the template's rate. */
export interface TimeSpan {
  /** In the stretched scene. */
  readonly from: number
  readonly to: number
  /** In the scene as it was designed. */
  readonly innerFrom: number
  readonly innerTo: number
}

/** How a stretched scene's time runs through the designed one. Spans follow each other without gaps. */
export interface TimeMap {
  readonly length: number
  readonly spans: readonly TimeSpan[]
}

interface Region {
  readonly kind: 'hold' | 'loop'
  readonly from: number
  readonly to: number
}

const MARKERS: Readonly<Record<string, Region['kind']>> = {
  'flatrender:hold': 'hold',
  'flatrender:loop': 'loop',
}

/**
 * Over a hold, a scene with a video in it drifts by this much in all (frames), so that every moment of the hold has
 * a time of its own and the video can play on. Nothing can be seen of it where the scene stands still.
 */
const DRIFT = 0.9
/** Passes of a loop are told apart by this many frames, for the same reason. */
const PASS_OFFSET = 0.002

/**
 * Stretches or shortens a scene to `length` frames. Markers say where: a hold plays through and then stands still,
 * a loop is repeated (a little faster or slower, so that it closes). Without markers a longer scene stands still at
 * its snapshot frame, a shorter one plays faster.
 */
export function mapTime(lottie: Lottie, length: number, snapshotFrame: number, drifting: boolean): TimeMap {
  const natural = lottie.op - lottie.ip
  const spans = new SpanList(lottie.ip)
  const regions = findRegions(lottie)
  const extra = length - natural
  if (Math.abs(extra) < 1e-9) {
    spans.play(lottie.op, natural)
  } else if (regions.length === 0 && extra < 0) {
    spans.play(lottie.op, length)
  } else {
    const used = regions.length > 0 ? regions : [holdAt(lottie.ip + snapshotFrame, lottie)]
    const shares = shareOut(extra, used)
    used.forEach((region, index) => {
      spans.play(region.from, region.from - spans.inner)
      const wanted = region.to - region.from + shares[index]!
      if (region.kind === 'hold') spans.hold(region.to, wanted, drifting)
      else spans.loop(region.to, wanted, drifting)
    })
    spans.play(lottie.op, lottie.op - spans.inner)
  }
  return { length, spans: spans.list }
}

/** The shortest that markers let a scene become, frames; undefined where it has none and just plays faster. */
export function shortestLength(lottie: Lottie): number | undefined {
  const regions = findRegions(lottie)
  if (regions.length === 0) return undefined
  return lottie.op - lottie.ip - regions.reduce((sum, region) => sum + removable(region), 0)
}

/** The designed frame that shows at a frame of the stretched scene. */
export function innerTime(map: TimeMap, frame: number): number {
  const span = map.spans.find(({ to }) => frame < to) ?? map.spans.at(-1)
  if (span === undefined) return frame
  const share = span.to > span.from ? (frame - span.from) / (span.to - span.from) : 0
  return span.innerFrom + share * (span.innerTo - span.innerFrom)
}

/** Runs of output frames that show the same moment as the frame before them; `step` is template frames a frame. */
export function stillFrames(map: TimeMap, step: number): [from: number, to: number][] {
  return map.spans.flatMap(({ from, to, innerFrom, innerTo }): [number, number][] => {
    if (innerFrom !== innerTo) return []
    const first = Math.ceil(from / step) + 1
    const end = Math.ceil(to / step)
    return end > first ? [[first, end]] : []
  })
}

/** Is the stretched scene the designed one, frame for frame? */
export function isIdentity(map: TimeMap): boolean {
  const [only, second] = map.spans
  return only !== undefined && second === undefined && only.to - only.from === only.innerTo - only.innerFrom
}

class SpanList {
  readonly list: TimeSpan[] = []
  /** Designed frame reached so far. */
  inner: number
  private at = 0

  constructor(start: number) {
    this.inner = start
  }

  play(innerTo: number, frames: number): void {
    this.push(frames, this.inner, innerTo)
    this.inner = innerTo
  }

  /** Plays the region as far as there is time, then stands still. */
  hold(innerTo: number, frames: number, drifting: boolean): void {
    const played = Math.min(frames, innerTo - this.inner)
    this.push(played, this.inner, this.inner + played)
    this.push(frames - played, innerTo, innerTo + (drifting ? DRIFT : 0))
    this.inner = innerTo
  }

  loop(innerTo: number, frames: number, drifting: boolean): void {
    const length = innerTo - this.inner
    const passes = Math.max(1, Math.round(frames / length))
    for (let pass = 0; pass < passes; pass++) {
      const offset = drifting ? pass * PASS_OFFSET : 0
      this.push(frames / passes, this.inner + offset, innerTo + offset)
    }
    this.inner = innerTo
  }

  private push(frames: number, innerFrom: number, innerTo: number): void {
    if (frames <= 1e-9) return
    this.list.push({ from: this.at, to: this.at + frames, innerFrom, innerTo })
    this.at += frames
  }
}

function findRegions(lottie: Lottie): Region[] {
  return (lottie.markers ?? [])
    .flatMap(({ tm, dr, cm }): Region[] => {
      const kind = MARKERS[cm?.trim()]
      const from = Math.max(lottie.ip, tm)
      const to = Math.min(lottie.op, tm + Math.max(0, dr))
      if (kind === undefined || to < from || (kind === 'loop' && to <= from)) return []
      return [{ kind, from, to }]
    })
    .sort((a, b) => a.from - b.from)
    .filter((region, index, all) => index === 0 || region.from >= all[index - 1]!.to)
}

function holdAt(frame: number, lottie: Lottie): Region {
  const at = Math.min(Math.max(frame, lottie.ip), lottie.op)
  return { kind: 'hold', from: at, to: at }
}

/** A loop must keep something to show; a hold may go altogether. */
function removable(region: Region): number {
  return region.kind === 'hold' ? region.to - region.from : (region.to - region.from) / 2
}

/** Longer: evenly over the regions. Shorter: from each as much as its part of all that can go. */
function shareOut(extra: number, regions: readonly Region[]): number[] {
  if (extra > 0) return regions.map(() => extra / regions.length)
  const most = regions.reduce((sum, region) => sum + removable(region), 0)
  return regions.map((region) => (most > 0 ? (extra * removable(region)) / most : 0))
}
