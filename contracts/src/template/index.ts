export {
  MANIFEST_VERSION,
  type Manifest,
  type ManifestFont,
  type ManifestScene,
  manifestSchema,
} from './manifest.ts'
export {
  type Audio,
  type FlatModifications,
  flatModificationsSchema,
  type MediaValue,
  type Modifications,
  mediaValueSchema,
  modificationsSchema,
  type SlotValue,
  type SlotValues,
  type Sound,
  type StoryScene,
  type TextValue,
  textValueSchema,
  type Watermark,
} from './modifications.ts'
export { idSchema, type LocalisedText } from './names.ts'
export { namedSchemas } from './schemas.ts'
export type {
  Crop,
  DigitStyle,
  FitPolicy,
  FocalPoint,
  ImageSlot,
  MediaSlot,
  Slot,
  TextAlignment,
  TextDirection,
  TextSlot,
} from './slot.ts'
export {
  type Transition,
  type TransitionDirection,
  type TransitionType,
  transitionTypes,
} from './transition.ts'
