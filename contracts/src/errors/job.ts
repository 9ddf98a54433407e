import { defineErrors } from './define-errors.ts'

/** Events and background work. */
export const jobErrors = defineErrors({
  JOB_QUEUE_MISSING: {
    status: 503,
    retryable: false,
    sentence: 'The database {database} has no queue for background work.',
    remedy: 'Run `flatrender init-db`, which adds what is missing and leaves the rest as it is.',
  },
  JOB_QUEUE_STALLED: {
    status: 503,
    retryable: true,
    sentence: 'Nothing has been taken off the queue for {seconds} s, though the database answers.',
    remedy: 'The queue starts again by itself; if this comes back, report it with the lines before it.',
  },
  EVENT_MISSING: {
    status: 404,
    retryable: false,
    sentence: 'The event {event}, which {consumer} should handle, is gone.',
    remedy: 'Events are kept for 30 days and as long as a consumer waits for them: find out who removed it.',
  },
})
