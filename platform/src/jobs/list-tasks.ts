import type { TaskList } from 'graphile-worker'
import type { Pool } from 'pg'
import { throwLoss } from '../db/is-loss.ts'
import { readEvent } from '../events/read-event.ts'
import type { Observe } from '../observe/observe-work.ts'
import { readTrace } from '../observe/trace-context.ts'
import { readMarked } from './job-trace.ts'
import { REMOVE_EXPIRED, removeExpired } from './remove-expired.ts'
import type { WorkerOptions } from './worker-options.ts'

/** As tables and functions of `platform` know them. */
const NAME = /^[a-z]+(\.[a-z_-]+)+$/

/** The queue's tasks: one for each consumer and job, and the housekeeping of `platform`. */
export function listTasks(
  pool: Pool,
  {
    services,
    consumers,
    jobs,
    observe = doOnly,
  }: Pick<WorkerOptions, 'services' | 'consumers' | 'jobs' | 'observe'>,
): TaskList {
  const names = [...Object.keys(consumers), ...Object.keys(jobs)]
  const wrong = names.filter(
    (name, index) =>
      !NAME.test(name) || !services.includes(name.split('.')[0]!) || names.indexOf(name) !== index,
  )
  if (wrong.length > 0)
    throw new Error(`consumers and jobs are named <service>.<name>, each its own: ${wrong.join(', ')}`)
  const tasks: TaskList = { [REMOVE_EXPIRED]: () => removeExpired(pool).catch(throwLoss) }
  for (const [name, { handle }] of Object.entries(consumers))
    tasks[name] = async (payload, { abortSignal }) => {
      const event = await readEvent(pool, name, (payload as { event: string }).event).catch(throwLoss)
      const { tenantId, trace } = event
      await observe({ kind: 'job', name, tenantId, trace: readTrace(trace) }, (own) =>
        // What it causes belongs to this attempt.
        handle({ ...event, trace: own ?? trace }, abortSignal),
      )
    }
  for (const [name, run] of Object.entries(jobs))
    tasks[name] = (marked, { abortSignal }) => {
      const { payload, trace } = readMarked(marked)
      return observe({ kind: 'job', name, trace }, () => run(payload, abortSignal))
    }
  return tasks
}

/** Does the work and tells nobody. */
const doOnly: Observe = ({ trace }, run) => run(trace)
