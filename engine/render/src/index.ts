export { type BatchOptions, type BatchRow, type RowOutcome, renderBatch } from './batch/render-batch.ts'
export { type Claim, claimFile } from './cache/claim-file.ts'
export { type Examination, examineEngine } from './examine-engine.ts'
export { assertOutputFolder } from './files/assert-output-folder.ts'
export { writeFileAtomically } from './files/write-file-atomically.ts'
export { isAddress } from './media/is-address.ts'
export { type LottieEngineOptions, openLottieEngine } from './order/open-lottie-engine.ts'
export {
  OrderFailure,
  type OrderFiles,
  type OrderHearing,
  type RenderEngine,
} from './order/render-engine.ts'
export { engineBuild } from './plan/engine-build.ts'
export { assertBackground } from './prepare/assert-background.ts'
export { listMediaFiles } from './prepare/list-media-files.ts'
export { loadLottie } from './prepare/load-lottie.ts'
export type { StoryRequest } from './prepare/open-request.ts'
export { type LottieRequest, prepareLottie } from './prepare/prepare-lottie.ts'
export { type PreparedRender, prepareRender, type RenderRequest } from './prepare/prepare-render.ts'
export { type RenderOptions, type RenderResult, render } from './render.ts'
export type { RenderProgress } from './render-progress.ts'
export {
  paintStill,
  posterOfStory,
  type Still,
  type StillChoice,
  type StillSource,
  stillOfLottie,
  stillOfStory,
} from './snapshot.ts'
export { snapshotStory } from './snapshot-story.ts'
export { checkTemplate } from './template/check-template.ts'
export { initTemplateFolder } from './template/init-template-folder.ts'
export { loadPackageFiles, loadTemplate } from './template/load-template.ts'
export { type Preview, previewTemplate } from './template/preview-template.ts'
export { recordCrash } from './worker/record-crash.ts'
export type { WorkerCrash } from './worker/worker-crash.ts'
export {
  openWorkerPool,
  type WorkerPool,
  type WorkerPoolOptions,
} from './worker/worker-pool.ts'
export type { Workshop } from './workspace/workshop.ts'
export { openWorkspace, type Workspace } from './workspace/workspace.ts'
