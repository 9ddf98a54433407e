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
 * Puts a file where an order said, as often as it takes. After a broken connection it goes on where the server says that it
 * broke; S3 says nothing, and gets it whole again. Errors: NODE_OUTPUT_UNSTORED; the signal's reason.
 */
export async function putFile(made: MadeFile, signal: AbortSignal): Promise<void> {
  let tries = 0
  await keepAsking(() => put(made, signal, ++tries), { signal, tries: TRIES, mayRetry })
}

async function put({ url, file, contentType }: MadeFile, signal: AbortSignal, tries: number): Promise<void> {
  const whole = await openAsBlob(file, { type: contentType })
  const { size } = whole
  const late = AbortSignal.timeout(LEAST + Math.ceil(size / SLOWEST) * 1000)
  const within = AbortSignal.any([signal, late])
  try {
    const from = tries === 1 ? 0 : await findOffset(url, size, within)
    const body = from === 0 ? whole : whole.slice(from, size, contentType)
    const headers = { ...(from > 0 && { 'content-range': `bytes ${from}-${size - 1}/${size}` }) }
    const response = await fetch(url, { method: 'PUT', headers, body, signal: within })
    await response.body?.cancel()
    // Another go of ours may still have been under way there.
    const passing = isPassing(response.status) || response.status === 409
    if (!response.ok) throw unstored(`the answer is ${response.status}`, passing)
  } catch (error) {
    signal.throwIfAborted()
    throw isFlatRenderError(error) ? error : unstored(nameBreak(error), true, error)
  }
}

/** Bytes that the server has; 0 where it keeps no parts of files. */
async function findOffset(url: string, size: number, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', signal })
  const offset = response.ok ? Number(response.headers.get('upload-offset')) : 0
  return Number.isSafeInteger(offset) && offset > 0 && offset < size ? offset : 0
}

function unstored(reason: string, passing: boolean, cause?: unknown): FlatRenderError {
  return new FlatRenderError('NODE_OUTPUT_UNSTORED', { reason, passing }, { cause })
}

function mayRetry(error: unknown): boolean {
  return isFlatRenderError(error, 'NODE_OUTPUT_UNSTORED') && error.data.passing === true
}
