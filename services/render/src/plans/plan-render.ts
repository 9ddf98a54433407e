import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { asOneFailure } from '../renders/describe-fault.ts'
import { asRenderFailure, failRender } from '../renders/end-render.ts'
import { type RenderName, readRenderName } from '../renders/render-name.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { noteResting } from '../renders/renders-system-store.ts'
import { renewCredits } from '../renders/renew-credits.ts'
import { admitRender } from './admit-render.ts'
import { gatherMedia } from './gather-media.ts'
import { isPassing } from './is-passing.ts'
import { planLater } from './plan-later.ts'
import { startRender } from './start-render.ts'

/** Seconds until it is looked again whether a node is there. */
const NODE_PAUSE = 5
/** What goes wrong for no reason of ours is tried for so many minutes. */
const PATIENCE_MINUTES = 10

/**
 * Job: brings a render from the queue to its frame jobs: media, compiling, the plan. It may come again at any point, and does
 * when a file was probed or a place has become free.
 */
export async function planRender(render: Render, payload: unknown, signal?: AbortSignal): Promise<void> {
  const name = readRenderName(payload)
  const row = await admitRender(render, name)
  if (row === undefined) return
  try {
    await prepare(render, row, signal)
  } catch (error) {
    const failure = asOneFailure(error)
    const isOurs = failure instanceof FlatRenderError
    const minutes = (Date.now() - row.preparing_at!.getTime()) / 60_000
    // What may pass is tried again by whoever called, until it has been tried for long.
    if ((!isOurs || isPassing(failure)) && minutes < PATIENCE_MINUTES) {
      await rest(render, name)
      throw error
    }
    if (!isOurs) render.report?.(error, 'render.plan-render')
    const known = isOurs ? failure : new FlatRenderError('REQUEST_FAILED', { requestId: name.renderId })
    await render.system.transact((transaction) =>
      failRender(render, transaction, name, asRenderFailure(known)),
    )
  }
}

/** Writes down that it is tried again. What failed is told all the same where that can't be: the database is away then. */
async function rest(render: Render, name: RenderName): Promise<void> {
  await render.system
    .transact((transaction) => noteResting(transaction, name, true))
    .catch((error: unknown) => render.report?.(error, 'render.plan-render'))
}

async function prepare(render: Render, row: RenderRow, signal: AbortSignal | undefined): Promise<void> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const renewing = renewCredits(render, row)
  // It is waited for below, whatever comes of the rest.
  const renewed = renewing.catch(() => {})
  const gathered = await gatherMedia(render, row, signal).finally(() => renewed)
  await renewing
  // Whoever probes the missing ones has it planned again.
  if (gathered === undefined) return
  const build = await render.system.ask((transaction) => chooseBuild(transaction, render.config))
  if (build === undefined)
    return render.system.transact((transaction) => planLater(transaction, name, NODE_PAUSE))
  const { template, story, output, library } = gathered
  const planned = await render.compiler.compile({
    template,
    story,
    output,
    library,
    build: build.engineBuild,
  })
  await startRender(render, row, gathered, planned)
}
