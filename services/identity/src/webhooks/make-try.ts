import { enqueue } from '@flatrender/platform/events'
import type { Identity } from '../deps.ts'
import { pauseAfter, restAfter } from './next-attempt.ts'
import { sendTry, type TryAnswer } from './send-try.ts'
import {
  countFailure,
  type DueDelivery,
  endTry,
  forgetFailures,
  holdWebhook,
  insertNextTry,
  postponeOthers,
  type TryOutcome,
} from './webhooks-system-store.ts'

/** HTTP's word for: never again. */
const GONE = 410

/** Makes a try that was claimed, and writes down what came of it and what comes next, together. */
export async function makeTry(identity: Identity, due: DueDelivery): Promise<void> {
  if (due.paused) {
    const outcome = {
      state: 'abandoned',
      status: null,
      excerpt: null,
      error: 'it is paused',
      milliseconds: null,
    } as const
    await identity.system.transact((transaction) => endTry(transaction, due, outcome))
    return
  }
  const answer = await sendTry(identity, due)
  const { status } = answer
  const delivered = status !== null && status >= 200 && status < 300
  await (delivered ? endWell(identity, due, answer) : endIll(identity, due, answer))
}

async function endWell({ system }: Identity, due: DueDelivery, answer: TryAnswer): Promise<void> {
  await system.transact(async (transaction) => {
    await holdWebhook(transaction, due)
    const ended = await endTry(transaction, due, { ...answer, state: 'delivered' })
    if (ended && !due.isOwnAddress) await forgetFailures(transaction, due)
  })
}

async function endIll({ system }: Identity, due: DueDelivery, answer: TryAnswer): Promise<void> {
  const gone = answer.status === GONE
  const pause = gone ? undefined : pauseAfter(due.attempt)
  const state: TryOutcome['state'] = pause === undefined ? 'abandoned' : 'failed'
  await system.transact(async (transaction) => {
    await holdWebhook(transaction, due)
    if (!(await endTry(transaction, due, { ...answer, state }))) return
    const failures = due.isOwnAddress ? due.attempt : await countFailure(transaction, due, gone)
    const rest = restAfter(failures)
    await postponeOthers(transaction, due, rest)
    if (pause === undefined) return
    await insertNextTry(transaction, due, pause)
    await enqueue(transaction, {
      task: 'identity.deliver-webhooks',
      runAt: new Date(Date.now() + pause * 1000),
      key: due.id,
    })
  })
}
