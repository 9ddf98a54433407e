import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { dryRunRender } from './dry-run-render.ts'
import type { RenderWish } from './examine-render.ts'
import { findVersion } from './find-version.ts'
import type { Submission } from './submission.ts'
import { takeOn } from './take-on-render.ts'

/**
 * Takes a video on, or tells what would come of it. Errors: TEMPLATE_UNKNOWN, VERSION_UNKNOWN; those of modifications,
 * output, media and webhook, several of them as RENDER_INVALID; PLAN_WITHOUT_API, RENDER_OVER_PLAN, PREVIEW_TOO_LARGE,
 * RENDERS_TOO_MANY, PLAN_MINUTES_SPENT, CREDITS_SHORT.
 */
export async function submitRender(render: Render, call: Call, input: Submission) {
  if (input.dryRun) return dryRunRender(render, call, input)
  const wish = async (): Promise<RenderWish> => ({
    ...(await findVersion(render, call, input)),
    modifications: input.modifications,
    output: input.output,
    lane: input.lane,
    webhook: input.webhook,
  })
  const more = { webhook: input.webhook, metadata: input.metadata, retryOfId: null }
  const row = await takeOn(render, call, { procedure: 'renders.submit', input, wish, more })
  return { dryRun: false as const, ...row }
}
