import { defineErrors } from './define-errors.ts'

/** Nodes and what they lease. */
export const farmErrors = defineErrors({
  LEASE_LOST: {
    status: 409,
    retryable: false,
    sentence: 'The lease of job {job} under number {fence} is over.',
    remedy: 'Drop the work: somebody else has it, or nobody wants it any more.',
  },
  SEGMENT_OF_OTHER_BUILD: {
    status: 409,
    retryable: true,
    sentence: 'The segment {key} is not one that the engine build “{build}” paints.',
    remedy: 'Give it to a node of the build that it was planned for, or plan it anew.',
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
  NODE_SIGNATURE_STALE: {
    status: 401,
    retryable: true,
    sentence: 'The token of this request is too old, or good for too long.',
    remedy: 'Sign a new one, for a minute at most, by the time that the answers’ `date` tells.',
  },
  NODE_REPORT_REFUSED: {
    status: 500,
    retryable: true,
    sentence: 'The farm could not take what a node reported of a job: {reason}.',
    remedy: 'The job goes to another node; the log of the server says what was wrong with the report.',
  },
  NODE_NOT_ENROLLED: {
    status: 400,
    retryable: false,
    sentence: 'The node in {home} is enrolled with no server.',
    remedy: 'Start it once with `--token`: `POST /nodes` makes one.',
  },
  NODE_HOME_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'Another node runs in {home}.',
    remedy: 'Give each node of a machine a folder of its own with `--home`.',
  },
  NODE_HOME_UNUSABLE: {
    status: 500,
    retryable: false,
    sentence: 'The node cannot keep its files in {home}: {reason}.',
    remedy: 'Give it a folder that it may write to with `--home`.',
  },
  NODE_DISK_FULL: {
    status: 507,
    retryable: true,
    sentence: 'The disk of the node is full.',
    remedy: 'Make room on it, or give the node a smaller cache with `--cache-gigabytes`.',
  },
  NODE_INPUT_UNREACHABLE: {
    status: 502,
    retryable: true,
    sentence: 'The node could not fetch the input {hash}: {reason}.',
    remedy: 'Look whether the node reaches the address of the stored files; the job is tried elsewhere.',
  },
  NODE_INPUT_DAMAGED: {
    status: 502,
    retryable: true,
    sentence: 'The input {hash} arrived with another content, twice.',
    remedy: 'Look at the stored file and what lies between it and the node.',
  },
  NODE_OUTPUT_UNSTORED: {
    status: 502,
    retryable: true,
    sentence: 'The node could not store what it made: {reason}.',
    remedy: 'Look whether the node reaches the address of the stored files; the job is tried elsewhere.',
  },
  NODE_BROKEN: {
    status: 500,
    retryable: true,
    sentence: 'The node failed in a way that nobody expected: {reason}.',
    remedy: 'Please report it with the node’s last lines; the job is tried elsewhere.',
  },
  NODE_LOST: {
    status: 503,
    retryable: true,
    sentence: 'The node {node} was not heard of any more while it had the work.',
    remedy: 'Look whether that machine runs; the work has been tried elsewhere.',
  },
  ARRIVAL_DAMAGED: {
    status: 502,
    retryable: true,
    sentence: 'What node {node} made for job {job} did not arrive as it was reported: {reason}.',
    remedy: 'Check that machine’s memory, disk and network; the work has been tried elsewhere.',
  },
  ORDER_BROKEN: {
    status: 500,
    retryable: false,
    sentence: 'The order for a node could not be written: {reason}.',
    remedy: 'This is our mistake; report it with this sentence.',
  },
  NODE_NOT_FOUND: {
    status: 404,
    retryable: false,
    sentence: 'There is no render node {node}.',
    remedy: 'List those that there are with `GET /nodes`.',
  },
  CRASH_NOT_FOUND: {
    status: 404,
    retryable: false,
    sentence: 'There is no crash record {crash}.',
    remedy: 'Look which there are with `GET /nodes/{id}`; it shows the last ones of a node.',
  },
  CRASH_RECORD_INVALID: {
    status: 400,
    retryable: false,
    sentence: '“{crash}” is neither the id of a crash nor a file with its record.',
    remedy: 'Give an id, or a file that holds what the server answers to `GET /nodes/crashes` with that id.',
  },
  NODE_NAME_TAKEN: {
    status: 409,
    retryable: false,
    sentence: 'There is a render node “{name}” already.',
    remedy: 'Choose another name; retired nodes keep theirs.',
  },
  NODE_STATE_WRONG: {
    status: 409,
    retryable: false,
    sentence: 'The render node {node} is {state}, so it cannot be {wanted}.',
    remedy: 'Look at its state with `GET /nodes/{node}` first.',
  },
  NODES_NOT_YOURS: {
    status: 403,
    retryable: false,
    sentence: 'Render nodes belong to who runs this installation.',
    remedy: 'A node sees what other tenants render; ask who runs the installation to add one.',
  },
})
