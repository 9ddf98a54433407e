import { z } from 'zod'
import { idSchema } from './names.ts'

/** How one scene can give way to the next. */
export const transitionTypes = ['cut', 'crossfade', 'slide', 'push', 'wipe', 'zoom'] as const
export type TransitionType = (typeof transitionTypes)[number]

/** Where the coming scene moves to. */
export const transitionDirections = ['left', 'right', 'up', 'down'] as const
export type TransitionDirection = (typeof transitionDirections)[number]

/** How one scene gives way to the next. During `seconds` both play: the video is that much shorter. */
export const transitionSchema = z.strictObject({
  id: idSchema,
  type: z.enum(transitionTypes),
  /** The overlap. 0 for a cut. */
  seconds: z.number().min(0).max(5).default(0),
  /** Where the coming scene moves to; slide, push and wipe alone use it. */
  direction: z.enum(transitionDirections).default('left'),
})
export type Transition = z.infer<typeof transitionSchema>
