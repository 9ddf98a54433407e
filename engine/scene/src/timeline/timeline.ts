import type { Rational } from '@flatrender/contracts/engine'
import type { Transition } from '@flatrender/contracts/template'
import type { ResolvedScene } from '../story/story.ts'
import type { TimeMap } from './time-map.ts'

/** A scene in its place. Frames are those of the output. */
export interface TimelineScene {
  readonly resolved: ResolvedScene
  readonly start: number
  readonly frames: number
  readonly map: TimeMap
  /** Slot → when its video plays: frames of the scene from the first to one past the last at which it shows. */
  readonly clips: ReadonlyMap<string, FrameSpan>
}

/** From the first frame to one past the last. */
export interface FrameSpan {
  readonly from: number
  readonly to: number
}

/** A run of output frames that one compiled Lottie paints. */
export type Piece = ScenePiece | TransitionPiece

/** A scene where it is alone. */
export interface ScenePiece {
  readonly kind: 'scene'
  readonly scene: number
  /** First output frame on the timeline. */
  readonly start: number
  readonly frames: number
  /** The scene's own frame that is painted first; the transition before has shown the earlier ones. */
  readonly offset: number
}

/** Two scenes at once. */
export interface TransitionPiece {
  readonly kind: 'transition'
  /** The scene that goes; the next one comes. */
  readonly scene: number
  readonly start: number
  readonly frames: number
  readonly transition: Transition
}

/** Scenes in their places, and the pieces that cover every frame once. */
export interface Timeline {
  /** Of the output. */
  readonly fps: Rational
  /** Template frames an output frame: 0.5 for a 30 fps template at 60 fps. */
  readonly step: number
  readonly scenes: readonly TimelineScene[]
  readonly pieces: readonly Piece[]
  readonly frames: number
}
