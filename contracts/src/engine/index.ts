export {
  type Container,
  containers,
  type Quality,
  qualities,
  soundless,
  type VideoCodec,
  type VideoSettings,
  videoCodecs,
} from './output-settings.ts'
export { parseRational, type Rational, toNumber } from './rational.ts'
export {
  type MediaInfo,
  mediaInfoSchema,
  type PlannedPiece,
  type PlannedSegment,
  type PlannedTrack,
  plannedPieceSchema,
  plannedSegmentSchema,
  type RenderPlan,
  renderPlanSchema,
  type SlotCheck,
  type SoundPlan,
  sha256,
  soundPlanSchema,
  videoSettingsSchema,
} from './render-plan.ts'
