import { errorDefinitions, isFlatRenderError } from '@flatrender/contracts/errors'
import { type NodeFailure, storableJson } from '@flatrender/contracts/node'
import { OrderFailure } from '@flatrender/engine-render'

/**
 * Why a job could not be done, as the farm hears it and can write it down, whatever bytes a worker's last words were. What
 * nobody expected may end better elsewhere.
 */
export function describeFailure(error: unknown): NodeFailure {
  return storableJson(nameFailure(error))
}

function nameFailure(error: unknown): NodeFailure {
  if (error instanceof OrderFailure) return error.failure
  if (isFlatRenderError(error)) {
    const { code, data } = error
    return { code, data: { ...data }, retryable: errorDefinitions[code].retryable }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'NODE_BROKEN', data: { reason: message.slice(0, 500) }, retryable: true }
}

/** Is it this machine's disk that is full? That is no fault of the job's. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error instanceof OrderFailure ? error.failure : (error as { readonly code?: unknown })
  return code === 'NODE_DISK_FULL' || code === 'OUTPUT_DISK_FULL'
}
