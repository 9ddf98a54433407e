import { errorDefinitions, FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeCrash, NodeFailure } from '@flatrender/contracts/node'
import { crashOf } from '../worker/crash-failure.ts'
import type { WorkerCrash } from '../worker/worker-crash.ts'
import { OrderFailure, type OrderFiles } from './render-engine.ts'

/** The last words of a worker that are reported, characters. */
const LAST_WORDS = 16_000

/** These say something of this machine, or of who wants the order, and nothing of the order. */
const NOT_THE_ORDERS: ReadonlySet<string> = new Set([
  'RENDER_CANCELLED',
  'OUTPUT_DISK_FULL',
  'OUTPUT_UNWRITABLE',
  'OUTPUT_FOLDER_MISSING',
])

/** What to report of a failed order: an OrderFailure; anything that is not about the order stays what it is. */
export function describeOrderFailure(error: unknown, files: OrderFiles): unknown {
  if (!(error instanceof FlatRenderError) || NOT_THE_ORDERS.has(error.code)) return error
  const crash = crashOf(error)
  const wrongFrames = wrongFramesOf(error)
  const failure: NodeFailure = {
    code: error.code,
    data: nameByHash(error.data, files),
    retryable: errorDefinitions[error.code].retryable,
    ...(crash && { crash: describeCrash(crash) }),
    ...(wrongFrames && { wrongFrames }),
  }
  return new OrderFailure(failure, error)
}

function wrongFramesOf({ cause }: FlatRenderError): NodeFailure['wrongFrames'] {
  return typeof cause === 'object' && cause !== null && 'wrongFrames' in cause
    ? (cause.wrongFrames as NodeFailure['wrongFrames'])
    : undefined
}

function describeCrash({ kind, signal, exitCode, lastLines, order, frame, rss }: WorkerCrash): NodeCrash {
  return {
    kind,
    signal,
    exitCode,
    lastLines: lastLines.join('\n').slice(-LAST_WORDS),
    piece: order.kind === 'paint' ? order.piece : null,
    frame: frame === null ? null : Math.max(0, Math.floor(frame)),
    rssBytes: Math.round(rss),
  }
}

/** Nobody elsewhere knows this machine's paths; everybody knows an input by its hash. */
function nameByHash(data: FlatRenderError['data'], { inputs }: OrderFiles): NodeFailure['data'] {
  const named = Object.entries(data).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value] as const
    let text = value
    for (const [hash, file] of inputs) text = text.replaceAll(file, hash)
    return [key, text] as const
  })
  return Object.fromEntries(named)
}
