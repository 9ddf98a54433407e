import { rowsOfUser } from '../call/rows.ts'
import { nodeContract } from '../node/index.ts'
import { batches } from './batches.ts'
import { exports } from './exports.ts'
import { nodes } from './nodes.ts'
import { renders } from './renders.ts'
import { snapshots } from './snapshots.ts'
import { spotChecks } from './spot-checks.ts'

export { ARCHIVE_PATH, archiveRoutes } from './archive-route.ts'
export {
  type BatchRowState,
  type BatchRowView,
  type BatchState,
  type BatchTally,
  type BatchView,
  batchTally,
} from './batch-values.ts'
export { type ChosenOutput, chosenOutputSchema, type OutputChoice, outputChoiceSchema } from './output.ts'
export type { SnapshotView } from './snapshots.ts'
export type { SpotCheckView } from './spot-checks.ts'
export {
  type Fault,
  type Lane,
  lanes,
  type RenderProgressView,
  type RenderState,
  type RenderView,
  type RenderWarning,
  renderStates,
} from './values.ts'

/** What the render service answers to people, programs and other services. */
export const renderContract = { renders, batches, exports, snapshots, nodes, spotChecks }

/** All that it answers: with what services alone ask, and what nodes ask, which the gateway shows under an address of its own. */
export const renderServiceContract = { ...renderContract, rows: { ofUser: rowsOfUser }, node: nodeContract }
