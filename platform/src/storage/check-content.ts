import { createHash } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { PutOptions } from './storage.ts'

/** A body on its way into storage. */
export interface CheckedContent {
  /** The body's bytes; fails at its end when they aren't what was announced. */
  readonly bytes: AsyncGenerator<Uint8Array>
  /** What came through so far. */
  sum(): { readonly bytes: number; readonly sha256: string }
  /** Did it end before all of it had come, and is right so far? */
  isBroken(): boolean
  /** Throws what the body itself failed with, if it did: whoever sends it on may tell it otherwise. */
  throwFailure(): void
}

/** Counts and hashes a body while it is read. Errors, of the iteration: STORED_FILE_DIFFERS, and the signal's reason. */
export function checkContent(
  key: string,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  { sha256, bytes: announced, signal }: PutOptions,
): CheckedContent {
  const hash = createHash('sha256')
  let bytes = 0
  let failure: { readonly error: unknown } | undefined
  const differs = (what: string, wanted: string | number, found: string | number) =>
    new FlatRenderError('STORED_FILE_DIFFERS', { key, what, found, announced: wanted })
  async function* pass() {
    signal?.throwIfAborted()
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      signal?.throwIfAborted()
      bytes += chunk.length
      if (announced !== undefined && bytes > announced) throw differs('size', announced, `${bytes} or more`)
      hash.update(chunk)
      if (chunk.length > 0) yield chunk
    }
    if (announced !== undefined && bytes !== announced) throw differs('size', announced, bytes)
    const found = hash.copy().digest('hex')
    if (sha256 !== undefined && found !== sha256) throw differs('SHA-256', sha256, found)
  }
  async function* watch() {
    try {
      yield* pass()
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  return {
    bytes: watch(),
    isBroken: () => failure !== undefined && bytes > 0 && bytes < (announced ?? 0),
    throwFailure() {
      if (failure !== undefined) throw failure.error
    },
    sum: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  }
}
