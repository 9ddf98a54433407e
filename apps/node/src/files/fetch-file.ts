import { open, rm, stat } from 'node:fs/promises'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { keepAsking } from '../farm/keep-asking.ts'
import { describeDiskFailure } from './describe-disk-failure.ts'
import { hashOf } from './hash-of.ts'
import { isPassing, nameBreak } from './passing-answers.ts'

/** A file that is to come, and what it must hold. */
export interface WantedFile {
  readonly url: string
  /** SHA-256. */
  readonly hash: string
  readonly bytes: number
}

/** Tries of one address, each with what came before; and how often all of it is fetched where its content is wrong. */
const [TRIES, FETCHES] = [8, 2]
/** Milliseconds without a byte after which a connection counts as broken. */
const SILENCE = 30_000

/**
 * Fetches a file to `part`, goes on where a broken connection or a killed process stopped, and looks whether it holds what
 * it must. Errors: NODE_INPUT_UNREACHABLE, NODE_INPUT_DAMAGED, NODE_DISK_FULL; the signal's reason.
 */
export async function fetchFile(wanted: WantedFile, part: string, signal: AbortSignal): Promise<void> {
  for (let fetches = 1; ; fetches++) {
    await keepAsking(() => fetchRest(wanted, part, signal), { signal, tries: TRIES, mayRetry })
    if ((await hashOf(part)) === wanted.hash) return
    await rm(part, { force: true })
    if (fetches === FETCHES) throw new FlatRenderError('NODE_INPUT_DAMAGED', { hash: wanted.hash })
  }
}

/** Fetches what isn't there yet. */
async function fetchRest({ url, hash, bytes }: WantedFile, part: string, signal: AbortSignal): Promise<void> {
  const size = await stat(part).then(
    (info) => info.size,
    () => 0,
  )
  // Whole is what has its bytes; more than there should be can't become right by going on.
  if (size === bytes && bytes > 0) return
  const held = size > bytes ? 0 : size
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new Error(`no byte for ${SILENCE / 1000} s`)), SILENCE)
  try {
    const response = await fetch(url, {
      headers: held > 0 ? { range: `bytes=${held}-` } : {},
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (!response.ok) {
      await response.body?.cancel()
      // What lies here is no part of what is there.
      if (response.status === 416) await rm(part, { force: true })
      const passing = isPassing(response.status) || response.status === 416
      throw unreachable(hash, `the answer is ${response.status}`, passing)
    }
    const goesOn = response.headers.get('content-range')?.startsWith(`bytes ${held}-`) === true
    await write(response, part, {
      flags: goesOn ? 'a' : 'w',
      least: bytes - (goesOn ? held : 0),
      hash,
      timer,
    })
  } catch (error) {
    signal.throwIfAborted()
    const known = describeDiskFailure(error, part)
    throw known !== error || isFlatRenderError(error)
      ? known
      : unreachable(hash, nameBreak(error), true, error)
  } finally {
    clearTimeout(timer)
  }
}

interface Writing {
  readonly flags: 'a' | 'w'
  /** Bytes that are to come. */
  readonly least: number
  readonly hash: string
  /** Begins anew with every byte. */
  readonly timer: NodeJS.Timeout
}

async function write(
  { body }: Response,
  part: string,
  { flags, least, hash, timer }: Writing,
): Promise<void> {
  let arrived = 0
  const handle = await open(part, flags)
  try {
    for await (const chunk of body ?? []) {
      timer.refresh()
      arrived += chunk.length
      if (arrived > least) throw unreachable(hash, 'it is longer than it should be', false)
      await handle.writeFile(chunk)
    }
  } finally {
    await handle.close()
  }
  if (arrived < least) throw unreachable(hash, `it ended ${least - arrived} bytes too early`, true)
}

function unreachable(hash: string, reason: string, passing: boolean, cause?: unknown): FlatRenderError {
  return new FlatRenderError('NODE_INPUT_UNREACHABLE', { hash, reason, passing }, { cause })
}

function mayRetry(error: unknown): boolean {
  return isFlatRenderError(error, 'NODE_INPUT_UNREACHABLE') && error.data.passing === true
}
