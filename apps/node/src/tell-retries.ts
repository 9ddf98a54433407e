import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeLog } from './node-log.ts'

/** Says what goes wrong when it begins, and again where it becomes something else or comes back after a while; milliseconds. */
const FORGOTTEN = 60_000

/** Opens a teller of failures that are tried again: the same one isn't said with every try. */
export function tellRetries(log: NodeLog): (error: unknown) => void {
  let last = ''
  let at = Number.NEGATIVE_INFINITY
  return (error) => {
    const words = error instanceof FlatRenderError ? `${error.code}: ${error.message}` : String(error)
    const now = performance.now()
    if (words !== last || now - at > FORGOTTEN) log.warn(`${words} The node keeps asking.`)
    last = words
    at = now
  }
}
