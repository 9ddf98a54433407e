import {
  type ChosenOutput,
  chosenOutputSchema,
  type RenderView,
  type RenderWarning,
} from '@flatrender/contracts/render'
import { describeExport } from '../exports/describe-export.ts'
import type { ExportRow } from '../exports/exports-store.ts'
import { describeKeptFault } from './describe-fault.ts'
import { hasEnded } from './render-state.ts'
import type { RenderRow } from './renders-store.ts'

/** A render as its tenant sees it. */
export function describeRender(row: RenderRow, exports: readonly ExportRow[]): RenderView {
  return {
    id: row.id,
    state: row.state,
    templateId: row.template_id,
    versionId: row.template_version_id,
    output: readKeptOutput(row),
    lane: row.lane,
    metadata: row.metadata as RenderView['metadata'],
    frames: countFrames(row),
    credits: {
      // What a render that is over had reserved is taken or given back.
      reserved: hasEnded(row.state) ? 0 : Number(row.credits_reserved),
      settled: row.credits_settled === null ? null : Number(row.credits_settled),
    },
    warnings: row.warnings as unknown as RenderWarning[],
    failure: describeFailure(row),
    retryOfId: row.retry_of_id,
    batch: row.batch_id === null ? null : { id: row.batch_id, row: row.batch_row! },
    exports: exports.filter((one) => one.render_job_id === row.id).map(describeExport),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** Its frames. */
export function countFrames(
  row: Pick<RenderRow, 'frames_total' | 'frames_done' | 'frames_cached' | 'frames_repaired'>,
): RenderView['frames'] {
  return {
    total: row.frames_total,
    done: row.frames_done,
    cached: row.frames_cached,
    repaired: row.frames_repaired,
  }
}

/** Why it failed; null unless it did. */
export function describeFailure({
  failure_code,
  failure_data,
}: Pick<RenderRow, 'failure_code' | 'failure_data'>): RenderView['failure'] {
  return failure_code === null ? null : describeKeptFault(failure_code, failure_data ?? {})
}

/** How the video will be, as the row has it. */
export function readKeptOutput({ output }: RenderRow): ChosenOutput {
  return chosenOutputSchema.parse(output)
}
