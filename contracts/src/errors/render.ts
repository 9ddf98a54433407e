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
      'Frames {from}–{to} of {piece} could not be painted: {attempts} workers died, the last by {reason}.',
    remedy: 'The crash record “{record}” reproduces it; give workers more memory, or send the record to us.',
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
})
