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

const MARKERS: ReadonlyMap<string, Region['kind']> = new Map([
  ['flatrender:hold', 'hold'],
  ['flatrender:loop', 'loop'],
])

/**
 * A scene with a video in it drifts by about so much of a frame over a hold, so that every moment of the hold has a
 * time of its own and the video can play on. Nothing can be seen of it where the scene stands still. The first of these
 * that keeps all times apart, with one of the passes' offsets.
 */
const DRIFTS = [0.9, 0.83, 0.71, 0.61, 0.53, 0.43, 0.37]
/**
 * Passes of a loop are told apart by so many frames, for the same reason: the first of these that keeps all times
 * apart, for one of them may just cancel what a pass is out of step with the output.
 */
const PASS_OFFSETS = [0.002, 0.0031, 0.0047, 0.0073, 0.0011, 0.0113, 0.0151, 0.0193, 0.0007, 0.0257]
/** Times (frames) this far apart stay apart in a player's 32-bit reckoning, up to some thousand frames. */
const FAR_ENOUGH = 5e-4
/** A hold at the composition's end stands still so long (frames) before it. */
const END_MARGIN = 0.05
/** A shorter loop (frames) is a moment, and would be repeated without end. */
const SHORTEST_LOOP = 1

/**
 * Stretches or shortens a scene to `length` frames. Markers say where: a hold plays through and then stands still,
 * a loop is repeated (a little faster or slower, so that it closes). Without markers a longer scene stands still at
 * its snapshot frame, a shorter one plays faster; so does one that becomes shorter than its markers bear.
 * `distinctStep`, template frames an output frame, asks for a time of its own for every output frame.
 */
export function mapTime(
  lottie: Lottie,
  length: number,
  snapshotFrame: number,
  distinctStep?: number,
): TimeMap {
  const shortest = shortestLength(lottie)
  if (shortest !== undefined && length < shortest - 1e-9) {
    return squeeze(layOut(lottie, shortest, snapshotFrame, undefined), length)
  }
  if (distinctStep === undefined) return layOut(lottie, length, snapshotFrame, undefined)
  let best: TimeMap | undefined
  let bestGap = -1
  for (const drift of DRIFTS) {
    for (const passOffset of PASS_OFFSETS) {
      const map = layOut(lottie, length, snapshotFrame, { step: distinctStep, passOffset, drift })
      const gap = smallestGap(map, distinctStep)
      if (gap > bestGap) [best, bestGap] = [map, gap]
      if (gap >= FAR_ENOUGH) return map
    }
  }
  return best!
}

/** How output frames are kept apart. */
interface Spread {
  readonly step: number
  readonly passOffset: number
  readonly drift: number
}

function smallestGap(map: TimeMap, step: number): number {
  const times = Float64Array.from({ length: Math.ceil(map.length / step) }, (_, frame) =>
    innerTime(map, frame * step),
  )
  return times
    .sort()
    .reduce(
      (least, time, index) => (index === 0 ? least : Math.min(least, time - times[index - 1]!)),
      Infinity,
    )
}

function layOut(lottie: Lottie, length: number, snapshotFrame: number, spread: Spread | undefined): TimeMap {
  const natural = lottie.op - lottie.ip
  const spans = new SpanList(lottie.ip, lottie.op)
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
      if (region.kind === 'hold') spans.hold(region.to, wanted, spread)
      else spans.loop(region.to, wanted, spread)
    })
    spans.play(lottie.op, lottie.op - spans.inner)
  }
  return { length, spans: spans.list }
}

/** Plays all of it faster. */
function squeeze({ spans, length: before }: TimeMap, length: number): TimeMap {
  const factor = length / before
  return { length, spans: spans.map((span) => ({ ...span, from: span.from * factor, to: span.to * factor })) }
}

/** The shortest that markers let a scene become, frames; undefined where it has none and just plays faster. */
export function shortestLength(lottie: Lottie): number | undefined {
  const regions = findRegions(lottie)
  if (regions.length === 0) return undefined
  return lottie.op - lottie.ip - regions.reduce((sum, region) => sum + removable(region), 0)
}

/** The designed frame that shows at a frame of the stretched scene. */
export function innerTime(map: TimeMap, frame: number): number {
  // What is only rounded to lie before a span's end is the next one's.
  const span = map.spans.find(({ to }) => frame < to - 1e-9) ?? map.spans.at(-1)
  if (span === undefined) return frame
  const share = span.to > span.from ? Math.max(0, frame - span.from) / (span.to - span.from) : 0
  return span.innerFrom + share * (span.innerTo - span.innerFrom)
}

/** When a designed frame is first seen; undefined if the stretched scene leaves it out. */
export function outerTime(map: TimeMap, inner: number): number | undefined {
  for (const { from, to, innerFrom, innerTo } of map.spans) {
    if (inner < innerFrom || inner > innerTo) continue
    return innerTo > innerFrom ? from + ((inner - innerFrom) / (innerTo - innerFrom)) * (to - from) : from
  }
  return undefined
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

  private readonly start: number
  private readonly end: number

  constructor(start: number, end: number) {
    this.start = start
    this.end = end
    this.inner = start
  }

  play(innerTo: number, frames: number): void {
    this.push(frames, this.inner, innerTo)
    this.inner = innerTo
  }

  /** Plays the region as far as there is time, then stands still. */
  hold(innerTo: number, frames: number, spread: Spread | undefined): void {
    const played = Math.min(frames, innerTo - this.inner)
    this.push(played, this.inner, this.inner + played)
    const wait = frames - played
    const [from, to] = this.standStill(innerTo, wait, spread)
    this.push(wait, from, to)
    this.inner = innerTo
  }

  private standStill(innerTo: number, wait: number, spread: Spread | undefined): [number, number] {
    // At its end a composition shows nothing any more.
    const still = Math.min(innerTo, this.end - END_MARGIN)
    if (spread === undefined) return [still, still]
    const { step } = spread
    const { at } = this
    const before = at - (Math.ceil(at / step - 1e-9) - 1) * step
    const after = Math.ceil((at + wait) / step - 1e-9) * step - (at + wait)
    return driftAround(innerTo, Math.min(before, innerTo - this.start), after, { ...spread, end: this.end })
  }

  loop(innerTo: number, frames: number, spread: Spread | undefined): void {
    const length = innerTo - this.inner
    const passes = Math.max(1, Math.round(frames / length))
    for (let pass = 0; pass < passes; pass++) {
      const offset = pass * (spread?.passOffset ?? 0)
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

/**
 * From where to where a hold at the frame `still` drifts: between the times of the output frames around it, which lie
 * `before` and `after` it, or where they leave no room, behind the later one.
 */
function driftAround(
  still: number,
  before: number,
  after: number,
  { step, drift, end }: Spread & { readonly end: number },
): [number, number] {
  const low = still - Math.min(before, 1)
  const high = Math.min(still + Math.min(after, 1), end)
  const room = Math.min(step, 1)
  const isTight = high - low < room / 2 && still + after + room < end
  const [from, to] = isTight ? [still + after, still + after + room] : [low, high]
  const margin = ((to - from) * (1 - drift)) / 2
  return [from + margin, to - margin]
}

function findRegions(lottie: Lottie): Region[] {
  return (lottie.markers ?? [])
    .flatMap(({ tm, dr, cm }): Region[] => {
      const kind = typeof cm === 'string' ? MARKERS.get(cm.trim()) : undefined
      const from = Math.max(lottie.ip, Number(tm))
      const to = Math.min(lottie.op, Number(tm) + Math.max(0, Number(dr ?? 0)))
      if (kind === undefined || !(to >= from) || (kind === 'loop' && to - from < SHORTEST_LOOP)) return []
      return [{ kind, from, to }]
    })
    .sort((a, b) => a.from - b.from)
    .reduce<Region[]>((kept, region) => {
      const last = kept.at(-1)
      // A moment at which a hold stands still already holds nothing more.
      const isHeld = last?.kind === 'hold' && region.from === last.to && region.to === last.to
      if (!isHeld && region.from >= (last?.to ?? -Infinity)) kept.push(region)
      return kept
    }, [])
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
