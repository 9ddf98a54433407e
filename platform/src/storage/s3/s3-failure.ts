import { FlatRenderError } from '@flatrender/contracts/errors'

/** What the SDK throws: an answer of S3, or a failure on the way to it. */
interface S3Failure extends Error {
  readonly Code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** Does it say that there is no such file? */
export function saysMissing(error: unknown): boolean {
  const { name, $metadata } = error as S3Failure
  return name === 'NoSuchKey' || (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404)
}

/** Does it say that a range has none of the file's bytes? */
export function saysOutOfRange(error: unknown): boolean {
  return (error as S3Failure).$metadata?.httpStatusCode === 416
}

/** Does it say that a file is another than it was to be? */
export function saysOther(error: unknown): boolean {
  return (error as S3Failure).$metadata?.httpStatusCode === 412
}

/** Turns a failure of S3 into STORAGE_UNREACHABLE; ours, and who cancelled, go on as they are. */
export function tellS3(place: string, signal?: AbortSignal): (error: unknown) => never {
  return (cause) => {
    if (cause instanceof FlatRenderError) throw cause
    signal?.throwIfAborted()
    const { name, message, $metadata } = cause as S3Failure
    const { code } = cause as { code?: string }
    const isOurs = $metadata === undefined && code === undefined && name !== 'TimeoutError'
    if (isOurs) throw cause
    const reason = [name, message || code].filter(Boolean).join(': ').replace(/\.$/, '')
    throw new FlatRenderError('STORAGE_UNREACHABLE', { place, reason }, { cause })
  }
}
