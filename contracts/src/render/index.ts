import { exports } from './exports.ts'
import { renders } from './renders.ts'

export { type ChosenOutput, chosenOutputSchema, type OutputChoice, outputChoiceSchema } from './output.ts'
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

/** What the render service answers. */
export const renderContract = { renders, exports }
