import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SceneTextFit } from '../compile/compile-story.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { openParts, type StoryParts } from './story-parts.ts'

/**
 * A moment of a story: seconds into it, or a scene (its place in the story, from 0) at a frame of the animation as it
 * was designed; without that, at its best.
 */
export type StillMoment =
  | { readonly seconds: number }
  | { readonly scene: number; readonly designFrame?: number }

/** A moment that can be painted. */
export interface PlannedStill {
  readonly lottie: Lottie
  /** Of the Lottie's own time, fractions too. */
  readonly frame: number
  /** How the words of the scenes that show came out. */
  readonly texts: readonly SceneTextFit[]
}

/** Compiles what shows at a moment, and nothing else. Errors: those of the timeline and of compiling, RANGE_INVALID. */
export function planStill(parts: StoryParts, moment: StillMoment): PlannedStill {
  const opened = openParts(parts)
  const { step, pieces } = opened.timeline
  const frame = frameOf(moment, opened.timeline)
  const index = pieces.findIndex(({ start, frames }) => frame >= start && frame < start + frames)
  const { lottie, from, piece } = opened.compilePiece(index)
  const shown = piece.kind === 'scene' ? [piece.scene] : [piece.scene, piece.scene + 1]
  return {
    lottie,
    frame: (from + frame - piece.start) * step,
    texts: shown.flatMap((scene) => opened.textsOf(scene)),
  }
}

/** Output frame of a moment. Errors: RANGE_INVALID. */
function frameOf(moment: StillMoment, { fps, frames, scenes, step }: Timeline): number {
  const outside = (range: string) =>
    new FlatRenderError('RANGE_INVALID', {
      range,
      seconds: Number(((frames * fps.den) / fps.num).toFixed(2)),
    })
  if ('seconds' in moment) {
    const frame = Math.floor((moment.seconds * fps.num) / fps.den + 1e-6)
    if (!(frame >= 0 && frame < frames)) throw outside(`${moment.seconds}`)
    return frame
  }
  const scene = scenes[moment.scene]
  if (scene === undefined) throw outside(`scene ${moment.scene}`)
  const { map, resolved, start } = scene
  // The scene may be stretched; the manifest speaks of the animation as it was designed.
  const inner = (map.spans[0]?.innerFrom ?? 0) + (moment.designFrame ?? resolved.scene.snapshotFrame)
  const span = map.spans.find(({ innerTo }) => inner <= innerTo) ?? map.spans.at(-1)!
  const share = Math.min(1, (inner - span.innerFrom) / (span.innerTo - span.innerFrom || 1))
  return Math.min(frames - 1, start + Math.round((span.from + share * (span.to - span.from)) / step))
}
