import type { Call } from '@flatrender/contracts/call'
import { asSystem } from '@flatrender/contracts/call'
import type { Fault, RenderWarning } from '@flatrender/contracts/render'
import type { SceneTextFit } from '@flatrender/engine-scene'
import type { CompiledRender } from '../compile/compile-render.ts'
import type { Render } from '../deps.ts'
import { assertMinutes } from '../minutes/assert-minutes.ts'
import { measureVideo } from '../minutes/measure-video.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { chooseKeepers } from '../plans/choose-keeper.ts'
import { learnMsPerFrame } from '../plans/learn-work-system-store.ts'
import { listWarnings } from '../plans/list-warnings.ts'
import { markStory, openMark } from '../plans/watermark.ts'
import { findSegments } from '../segments/segments-system-store.ts'
import { describeFault, listFailures } from './describe-fault.ts'
import { type ExaminedRender, examineRender } from './examine-render.ts'
import { findVersion } from './find-version.ts'
import type { Submission } from './submission.ts'

/** Stands in keys that nobody will look for: no node is there whose build could be named. */
const NO_BUILD = 'none'

/** Tells what would come of a render, and makes nothing. Errors: TEMPLATE_UNKNOWN, VERSION_UNKNOWN. */
export async function dryRunRender(render: Render, call: Call, input: Submission) {
  const found = await findVersion(render, call, input)
  const { modifications, output, lane, webhook } = input
  const faults: Fault[] = []
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work()
    } catch (error) {
      const failures = listFailures(error)
      if (failures.length === 0) throw error
      faults.push(...failures.map(describeFault))
      return undefined
    }
  }
  const examined = await attempt(() =>
    examineRender(render, call, { ...found, modifications, output, lane, webhook }),
  )
  const planned = examined && (await attempt(() => lookAhead(render, call, examined, modifications)))
  if (examined !== undefined) await attempt(() => foreseeMinutes(render, call, examined, planned?.frames))
  const available = examined && (await countAvailable(render, call, examined))
  return {
    dryRun: true as const,
    valid: faults.length === 0,
    errors: faults,
    warnings: planned?.warnings ?? [],
    texts: planned?.texts ?? [],
    output: examined?.output ?? null,
    frames: planned?.frames ?? (examined?.media.complete ? examined.frames : null),
    cachedShare: planned?.cachedShare ?? null,
    cost: examined?.credits ?? null,
    available: available ?? null,
    estimatedSeconds: planned?.estimatedSeconds ?? null,
  }
}

/** Would the plan have minutes for it? Errors: PLAN_MINUTES_SPENT. */
async function foreseeMinutes(
  { database }: Render,
  { actor }: Call,
  { standing: { accountId, plan }, output, frames }: ExaminedRender,
  planned = frames,
): Promise<void> {
  const milliseconds = measureVideo(output, planned)
  const account = { tenantId: actor.tenantId, accountId }
  await database.transact(actor, (transaction) => assertMinutes(transaction, account, plan, { milliseconds }))
}

async function countAvailable({ identity }: Render, call: Call, { standing, credits }: ExaminedRender) {
  const quote = { accountId: standing.accountId, amount: credits }
  return (await identity.credits.quote(quote, { context: asSystem(call) })).available
}

/** What only compiling tells: how texts come out, and how much is rendered already. */
async function lookAhead(
  render: Render,
  call: Call,
  examined: ExaminedRender,
  modifications: Readonly<Record<string, unknown>>,
) {
  const { stored, template, output, media, standing } = examined
  if (!media.complete) return undefined
  const mark = standing.plan?.hasWatermark === true ? await openMark() : undefined
  const { story, library } = markStory(mark, examined.story, media.library)
  const build = await render.system.ask((transaction) => chooseBuild(transaction, render.config))
  const compiled = await render.tryInTurn(standing.accountId, () =>
    render.trialCompiler.compile({ template, story, output, library, build: build?.engineBuild ?? NO_BUILD }),
  )
  const { tenantId } = call.actor
  const keepers = chooseKeepers({
    tenantId,
    stored,
    story,
    output,
    modifications,
    timeline: compiled.timeline,
  })
  const { cached, msPerFrame } = await countCached(render, compiled, keepers, stored.contentHash)
  const { frames } = compiled.plan
  return {
    frames,
    warnings: listWarnings(compiled.texts) satisfies RenderWarning[],
    texts: compiled.texts.flatMap(describeText),
    cachedShare: cached / frames,
    estimatedSeconds: build === undefined ? null : ((frames - cached) * msPerFrame) / 1000,
  }
}

async function countCached(
  { system }: Render,
  { plan }: CompiledRender,
  keepers: readonly string[],
  templateHash: string,
) {
  const names = plan.segments.map(({ key, piece }) => ({ key, tenantId: keepers[piece]! }))
  const { width, height } = plan.settings
  return system.transact(async (transaction) => {
    const rows = await findSegments(transaction, names)
    const there = new Set(rows.filter(({ state }) => state === 'verified').map(({ key }) => key))
    const cached = plan.segments
      .filter(({ key }) => there.has(key))
      .reduce((sum, { from, to }) => sum + to - from, 0)
    return {
      cached,
      msPerFrame: await learnMsPerFrame(transaction, { templateHash, pixels: width * height }),
    }
  })
}

function describeText({ scene, sceneIndex, slot, fits, scale, missing }: SceneTextFit) {
  return slot === undefined ? [] : [{ scene, sceneIndex, slot, fits, scale, missing: [...missing] }]
}
