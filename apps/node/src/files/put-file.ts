import { openAsBlob } from 'node:fs'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { keepAsking } from '../farm/keep-asking.ts'
import { isPassing, nameBreak } from './passing-answers.ts'

/** A file that was made, and where it goes. */
export interface MadeFile {
  readonly url: string
  readonly file: string
  readonly contentType: string
}

/** Tries of one address. */
const TRIES = 8
/** Milliseconds that a try may take, beside a second for so many bytes. */
const [LEAST, SLOWEST] = [60_000, 50_000]

/**
 * Puts a file where an order said, as often as it takes: what a broken connection brought is whole or not there. Errors:
 * NODE_OUTPUT_UNSTORED; the signal's reason.
 */
export async function putFile(made: MadeFile, signal: AbortSignal): Promise<void> {
  await keepAsking(() => put(made, signal), { signal, tries: TRIES, mayRetry })
}

async function put({ url, file, contentType }: MadeFile, signal: AbortSignal): Promise<void> {
  const body = await openAsBlob(file, { type: contentType })
  const late = AbortSignal.timeout(LEAST + Math.ceil(body.size / SLOWEST) * 1000)
  try {
    const response = await fetch(url, { method: 'PUT', body, signal: AbortSignal.any([signal, late]) })
    await response.body?.cancel()
    if (!response.ok) throw unstored(`the answer is ${response.status}`, isPassing(response.status))
  } catch (error) {
    signal.throwIfAborted()
    throw isFlatRenderError(error) ? error : unstored(nameBreak(error), true, error)
  }
}

function unstored(reason: string, passing: boolean, cause?: unknown): FlatRenderError {
  return new FlatRenderError('NODE_OUTPUT_UNSTORED', { reason, passing }, { cause })
}

function mayRetry(error: unknown): boolean {
  return isFlatRenderError(error, 'NODE_OUTPUT_UNSTORED') && error.data.passing === true
}
