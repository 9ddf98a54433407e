import { defineErrors } from './define-errors.ts'

/** Nodes and what they lease. */
export const farmErrors = defineErrors({
  LEASE_LOST: {
    status: 409,
    retryable: false,
    sentence: 'The lease of job {job} under number {fence} is over.',
    remedy: 'Drop the work: somebody else has it, or nobody wants it any more.',
  },
  NODE_UNKNOWN: {
    status: 401,
    retryable: false,
    sentence: 'No node of this farm has signed this.',
    remedy: 'Enrol the node: make a token with `POST /nodes` and start it with that.',
  },
  NODE_ENROLMENT_REFUSED: {
    status: 401,
    retryable: false,
    sentence: 'The enrolment token is unknown, used or too old.',
    remedy: 'Make a new one with `POST /nodes`; it counts once, for an hour.',
  },
  NODE_VERSION_REFUSED: {
    status: 409,
    retryable: false,
    sentence: 'This node is FlatRender {version}, and the farm works with {wanted}.',
    remedy: 'Install the same version on the node as on the server.',
  },
})
