export { checkBindings } from './check/check-bindings.ts'
export { checkLanguages } from './check/check-languages.ts'
export { checkLottie } from './check/check-lottie.ts'
export { createFinding, type Finding } from './check/finding.ts'
export { initManifest, type TemplateDraft } from './check/init-manifest.ts'
export { parseAssetName } from './compile/asset-name.ts'
export { candidatePaths } from './compile/bind-packaged-assets.ts'
export { compileLottie } from './compile/compile-lottie.ts'
export type { CompiledPiece } from './compile/compile-piece.ts'
export {
  type CompiledStory,
  compileStory,
  type OpenedStory,
  openStory,
  type SceneTextFit,
  type StorySource,
} from './compile/compile-story.ts'
export { listLottieTexts, listStoryTexts } from './compile/list-story-texts.ts'
export { createLottieReader, templateRate } from './compile/lottie-reader.ts'
export { dropVideoFrames, findShownVideoFrames } from './compile/shown-video-frames.ts'
export type { Layer, Lottie } from './lottie/lottie-json.ts'
export type { SlotBox } from './measure/measure-slots.ts'
export { assertMediaKind } from './media/assert-media-kind.ts'
export { listMediaUses, type MediaUse } from './media/list-media-uses.ts'
export type { MediaInfo, MediaLibrary, PictureInfo, SoundInfo, VideoInfo } from './media/media-info.ts'
export { hashPackage } from './package/hash-package.ts'
export { openTemplate } from './package/open-template.ts'
export { packTemplate } from './package/pack-template.ts'
export { MAX_PACKAGE_BYTES, MAX_PACKAGE_FILES, readArchive } from './package/read-archive.ts'
export { readLottie } from './package/read-lottie.ts'
export { sha256Hex } from './package/sha256.ts'
export type { PackageFiles, TemplatePackage } from './package/template-package.ts'
export { chooseFormat } from './plan/choose-format.ts'
export { chooseRange } from './plan/choose-range.ts'
export { hashJson } from './plan/hash-json.ts'
export { listNamedFiles, type NamedFiles } from './plan/list-named-files.ts'
export { hashPlan, keyOfSegment, makePlan, type SegmentSource } from './plan/make-plan.ts'
export type { NamedSound } from './plan/name-sound.ts'
export { chooseRate, chooseSettings, containerOf, type OutputChoice } from './plan/output-choice.ts'
export { type PlannedStill, planStill, type StillMoment } from './plan/plan-still.ts'
export {
  type CompiledLottie,
  type PlannedStory,
  type PlanRequest,
  planStory,
} from './plan/plan-story.ts'
export { openParts, type StoryParts } from './plan/story-parts.ts'
export { findPacketFault } from './segment/find-packet-fault.ts'
export {
  type LaidSegment,
  layOutHeader,
  type PacketEntry,
  readSegmentManifest,
  SEGMENT_HASH_BYTES,
  type SegmentHeader,
  type SegmentManifest,
} from './segment/segment-layout.ts'
export { countCharacters } from './story/count-characters.ts'
export { layOver } from './story/lay-over.ts'
export { readModifications, withFlatValues } from './story/read-modifications.ts'
export { requireStory } from './story/require-story.ts'
export { resolveStory, type StoryResolution } from './story/resolve-story.ts'
export type { PictureValue, ResolvedScene, ResolvedValue, Story, TextValueResolved } from './story/story.ts'
export { createFontResolver, type SceneFonts } from './text/expand/create-font-resolver.ts'
export { expandTextLayer } from './text/expand/expand-text-layer.ts'
export type {
  FontResolver,
  TextExpansion,
  TextExpansionContext,
  TextFinding,
  TextReport,
  TextSettings,
} from './text/expand/text-expansion.ts'
export type { FallbackId } from './text/fonts/fallback-id.ts'
export type { Font, FontSource } from './text/fonts/font.ts'
export { createFontStack, type FontStack } from './text/fonts/font-stack.ts'
export {
  type FallbackRequest,
  type FallbackText,
  requiredFallbacks,
} from './text/fonts/required-fallbacks.ts'
export { openTextEngine, type TextEngine } from './text/fonts/text-engine.ts'
export { layoutText } from './text/layout/layout-text.ts'
export type { Box, TextLayout, TextLine, TextRequest, TextUnit } from './text/layout/text-layout.ts'
export { buildTimeline } from './timeline/build-timeline.ts'
export { planSound, type SoundTrack } from './timeline/plan-sound.ts'
export type { Piece, Timeline, TimelineScene } from './timeline/timeline.ts'
