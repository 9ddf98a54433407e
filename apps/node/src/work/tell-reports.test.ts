import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Lease } from '@flatrender/contracts/node'
import type { Farm } from '../farm/open-farm.ts'
import { type JobReport, openTellReports } from './tell-reports.ts'

const makeReport = (): JobReport => ({
  tenantId: DEFAULT_TENANT_ID,
  jobId: randomUUID(),
  fence: 1,
  workedMs: 5,
  result: { kind: 'thumbnail', hash: 'a'.repeat(64), bytes: 1, width: 1, height: 1 },
})
const { signal } = new AbortController()

/** A farm that answers reports by a rule, one request after the other. */
function openListener(rule: (jobIds: string[]) => Lease[] | Promise<Lease[]>) {
  const heard: string[][] = []
  const reportMany = async ({ reports }: { reports: readonly Lease[] }) => {
    const jobIds = reports.map(({ jobId }) => jobId)
    heard.push(jobIds)
    return { lost: await rule(jobIds) }
  }
  return { heard, tell: openTellReports({ reportMany } as unknown as Farm) }
}

test('a report goes at once; those that come meanwhile go together, sixteen at most, and what is lost is lost alone', async () => {
  const first = Promise.withResolvers<void>()
  const reports = Array.from({ length: 19 }, makeReport)
  const lost = reports[4]!
  const { heard, tell } = openListener(async (jobIds) => {
    if (jobIds[0] === reports[0]!.jobId) await first.promise
    return jobIds.includes(lost.jobId) ? [lost] : []
  })
  const told = Promise.allSettled(reports.map((report) => tell(report, signal)))
  await setImmediate()
  assert.deepEqual(heard, [[reports[0]!.jobId]])
  first.resolve()
  const outcomes = await told
  assert.deepEqual(
    heard.map(({ length }) => length),
    [1, 16, 2],
  )
  for (const [index, outcome] of outcomes.entries())
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, index === 4 && 'LEASE_LOST')
})

test('one that the farm refuses holds up no other', async () => {
  const reports = Array.from({ length: 4 }, makeReport)
  const refused = reports[2]!
  const { tell } = openListener((jobIds) => {
    if (jobIds.includes(refused.jobId))
      throw new FlatRenderError('REQUEST_INVALID', { procedure: 'node.reportMany', issues: ['it is wrong'] })
    return []
  })
  const outcomes = await Promise.allSettled(reports.map((report) => tell(report, signal)))
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal((outcomes[2] as PromiseRejectedResult).reason.code, 'NODE_REPORT_REFUSED')
})

test('one at which the farm breaks again and again counts as refused', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { heard, tell } = openListener(() => {
    throw new FlatRenderError('REQUEST_FAILED', { requestId: 'one' })
  })
  const told = tell(makeReport(), signal)
  let ended = false
  told.catch(() => {}).finally(() => (ended = true))
  while (!ended) {
    context.mock.timers.tick(20_000)
    await setImmediate()
  }
  await assert.rejects(told, (error) => isFlatRenderError(error, 'NODE_REPORT_REFUSED'))
  assert.equal(heard.length, 6)
})

test('what is given up before it is told isn’t told', async () => {
  const first = Promise.withResolvers<void>()
  const [one, other] = [makeReport(), makeReport()]
  const { heard, tell } = openListener(async () => {
    await first.promise
    return []
  })
  const leaving = new AbortController()
  const told = Promise.allSettled([tell(one, signal), tell(other, leaving.signal)])
  leaving.abort()
  first.resolve()
  const outcomes = await told
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.deepEqual(heard, [[one.jobId]])
})
