/** A run of output frames of a piece, and the frame of a scene that stands for it. */
export interface FrameChoice {
  readonly from: number
  readonly to: number
  /** Absent for a transition. */
  readonly snapshot?: number
}

/** Output frames after a scene's first at which it still enters; a third of a second. */
const ENTRANCE = 11

/**
 * Output frames of a piece to look at: of a scene one within its entrance, the one that stands for it, and its last;
 * of a transition its middle.
 */
export function chooseFrames({ from, to, snapshot }: FrameChoice): number[] {
  if (snapshot === undefined) return [Math.floor((from + to) / 2)]
  const within = (frame: number) => Math.min(Math.max(Math.round(frame), from), to - 1)
  return [...new Set([within(from + ENTRANCE), within(snapshot), to - 1])]
}
