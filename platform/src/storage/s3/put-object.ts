import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { checkContent } from '../check-content.ts'
import type { PutOptions, StoredFile } from '../storage.ts'
import { tellS3 } from './s3-failure.ts'

/** Bytes of a part: of the 10,000 that S3 takes, a file of 80 GB. Of parts so many are on their way at once. */
const [PART_BYTES, PARTS_AT_ONCE] = [8 * 1024 * 1024, 3]

/** What is stored, and what is said of it. */
interface NewObject {
  readonly key: string
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly more: PutOptions
  /** Of the storage, for people. */
  readonly place: string
}

/**
 * Stores an object in parts: it appears when S3 has all of them. What isn't as announced fails before the last one is
 * sent, and all are given up.
 */
export async function putObject(
  client: S3Client,
  bucket: string,
  { key, body, more, place }: NewObject,
): Promise<StoredFile> {
  const { contentType = 'application/octet-stream', sha256, signal } = more
  const content = checkContent(key, body, more)
  const upload = new Upload({
    client,
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
    params: {
      Bucket: bucket,
      Key: key,
      Body: Readable.from(content.bytes, { objectMode: false }),
      ContentType: contentType,
      ...(sha256 !== undefined && { Metadata: { sha256 } }),
    },
  })
  const cancel = () => void upload.abort()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const { ETag = '' } = await upload.done()
    const sum = content.sum()
    return { key, contentType, etag: ETag, modifiedAt: new Date(), ...sum, sha256: sum.sha256 }
  } catch (error) {
    content.throwFailure()
    return tellS3(place, signal)(error)
  } finally {
    signal?.removeEventListener('abort', cancel)
    await content.bytes.return(undefined)
  }
}
