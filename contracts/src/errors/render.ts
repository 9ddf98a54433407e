import { defineErrors } from './define-errors.ts'

/** The work itself. */
export const renderErrors = defineErrors({
  RENDER_CANCELLED: {
    status: 409,
    retryable: true,
    sentence: 'The render was cancelled.',
    remedy: 'Start it again; finished segments are kept.',
  },
  WORKER_CRASHED: {
    status: 500,
    retryable: true,
    sentence:
      'Frames {from}–{to} of {piece} could not be painted; workers that died of it: {attempts}, the last by {reason}.',
    remedy: 'The crash record “{record}” reproduces it; give workers more memory, or send the record to us.',
  },
  WORK_CRASHED: {
    status: 500,
    retryable: true,
    sentence: 'Work could not be done ({work}); workers that died of it: {attempts}, the last by {reason}.',
    remedy:
      'If it names a file, export that again or leave it out; the crash record “{record}” reproduces it, send it to us.',
  },
  WORKER_UNSTARTABLE: {
    status: 500,
    retryable: true,
    sentence: 'Worker processes end as soon as they are started: {reason}.',
    remedy: 'Run `flatrender doctor`; it says which part of the engine does not work on this machine.',
  },
  SEGMENT_UNVERIFIED: {
    status: 500,
    retryable: true,
    sentence: 'Frames {frames} of {piece} were wrong twice: {reason}.',
    remedy: 'Check that machine’s memory and disk; `--verify full` finds every frame.',
  },
  SLOT_PAINTED_NOTHING: {
    status: 422,
    retryable: false,
    sentence:
      'The slot “{slot}” of scene “{scene}” should be seen at frame {frame}, but nothing is painted there.',
    remedy: 'Look at that frame with `flatrender snapshot`; the picture may be empty or the layer broken.',
  },
  RANGE_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The range {range} does not lie in the video, which lasts {seconds} s.',
    remedy: 'Give seconds from 0 to {seconds}; a range is START-END, such as 2.5-8.',
  },
  RENDER_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no render {render} here.',
    remedy: 'List those that there are with `GET /renders`.',
  },
  RENDER_STATE_WRONG: {
    status: 409,
    retryable: false,
    sentence: 'The render {render} is {state}, so it cannot be {wanted}.',
    remedy: 'Look at its state first; what has ended stays as it is.',
  },
  RENDER_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The render has {count} faults; the first: {first}.',
    remedy: 'Mend them all: each is told in `faults`, with its remedy.',
  },
  RENDER_OVER_PLAN: {
    status: 403,
    retryable: false,
    sentence: 'The plan “{plan}” allows {what} up to {limit}, and this has {wanted}.',
    remedy: 'Ask for less, or take a larger plan.',
  },
  PREVIEW_TOO_LARGE: {
    status: 422,
    retryable: false,
    sentence: 'In the lane `preview` a video has {what} of {limit} at most, and this has {wanted}.',
    remedy: 'Ask for less by `output.resolution` or `output.range`, or take the lane `interactive`.',
  },
  PLAN_WITHOUT_API: {
    status: 403,
    retryable: false,
    sentence: 'The plan “{plan}” lets no API key render.',
    remedy: 'Render with a login, or take a plan that has the API: `GET /plans` lists them.',
  },
  PLAN_MINUTES_SPENT: {
    status: 402,
    retryable: false,
    sentence:
      'The plan “{plan}” has {limit} minutes of video a month: {used} are rendered or under way, and this has {wanted}.',
    remedy: 'Cancel what you do not need, wait for the next month (UTC), or take a larger plan.',
  },
  RENDERS_TOO_MANY: {
    status: 429,
    retryable: true,
    sentence: '{open} renders of this account are not done yet, and {limit} are the most.',
    remedy: 'Wait until some have ended, or cancel some.',
  },
  SNAPSHOT_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no snapshot {snapshot} here.',
    remedy: 'Ask for it with `POST /snapshots`: those that nobody asks for are removed after a while.',
  },
  SNAPSHOTS_TOO_MANY: {
    status: 429,
    retryable: true,
    sentence: '{open} snapshots of this account are not painted yet, and {limit} are the most.',
    remedy: 'Wait until some are ready.',
  },
  SNAPSHOT_TOO_LATE: {
    status: 503,
    retryable: true,
    sentence: 'No node has looked at the snapshot within {minutes} minutes.',
    remedy: 'See with `GET /nodes` whether nodes are there, then ask for it again.',
  },
  EXPORT_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no finished file {export} here.',
    remedy: 'Look at its render: it lists the files that it has.',
  },
  EXPORT_NOT_EXPIRED: {
    status: 409,
    retryable: false,
    sentence: 'The file {export} is {state}, so it need not be made again.',
    remedy: 'Get it with `GET /exports/{export}`; one that failed is made by a retry of its render.',
  },
  EXPORT_UNREPEATABLE: {
    status: 409,
    retryable: false,
    sentence: 'The file {export} cannot be made again as it was: {reason}.',
    remedy: 'Render it anew, with `POST /renders` and the same modifications.',
  },
})
