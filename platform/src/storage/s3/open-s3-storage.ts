import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeDisposition } from '../address/write-disposition.ts'
import { resolveRange } from '../resolve-range.ts'
import type { GetOptions, OpenFile, SignOptions, Storage, StoredFile } from '../storage.ts'
import { assertKey } from '../storage-key.ts'
import { putObject } from './put-object.ts'
import { saysMissing, saysOther, saysOutOfRange, tellS3 } from './s3-failure.ts'

/** A bucket that files are kept in, and who asks for them. */
export interface S3Options {
  readonly bucket: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  /** Of a server that isn't Amazon's, such as `http://localhost:9000`. */
  readonly endpoint?: string
  /** Is the bucket a part of the path, as most servers but Amazon's want it, or of the host? */
  readonly pathStyle?: boolean
}

/** Milliseconds for a connection, and without a byte on one that is open. */
const [CONNECT, SILENCE] = [5_000, 30_000]
/** Where `check` stores. */
const CHECK_KEY = '.flatrender-check'

/**
 * Keeps files in a bucket. A process that is killed while it stores leaves no file, but parts that only the bucket's own
 * rule (AbortIncompleteMultipartUpload) removes.
 */
export function openS3Storage(options: S3Options): Storage {
  const { bucket: Bucket, region, keyId, secret, endpoint, pathStyle = false } = options
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle,
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    // Most servers but Amazon's know no other sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT, socketTimeout: SILENCE },
  })
  const place = `s3://${Bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}`
  const tell = tellS3(place)

  const head = async (Key: string) => {
    assertKey(Key)
    try {
      return describe(Key, await client.send(new HeadObjectCommand({ Bucket, Key })))
    } catch (error) {
      return saysMissing(error) ? undefined : tell(error)
    }
  }
  const storage: Storage = {
    place,
    async put(key, body, more = {}) {
      assertKey(key)
      if (more.from) throw new FlatRenderError('STORED_PART_DIFFERS', { key, bytes: 0 })
      return putObject(client, Bucket, { key, body, more, place })
    },
    get: (key, more = {}) => openObject(client, Bucket, key, more).catch(tellS3(place, more.signal)),
    head,
    async copy(from, to) {
      await copyObject(client, Bucket, { from, to }).catch(tell)
      return (await head(to)) ?? tell(missing(to))
    },
    async move(from, to, etag) {
      await copyObject(client, Bucket, { from, to, ...(etag !== undefined && { etag }) }).catch(tell)
      await storage.delete(from)
    },
    async partBytes(key) {
      assertKey(key)
      return 0
    },
    async delete(key) {
      assertKey(key)
      await client.send(new DeleteObjectCommand({ Bucket, Key: key })).catch((error) => {
        if (!saysMissing(error)) tell(error)
      })
    },
    async *list(prefix = '') {
      for (let token: string | undefined; ; ) {
        const command = new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token })
        const page = await client.send(command).catch(tell)
        for (const { Key = '', Size = 0 } of page.Contents ?? []) yield { key: Key, bytes: Size }
        token = page.NextContinuationToken
        if (token === undefined) return
      }
    },
    async sign(key, sign) {
      assertKey(key)
      return signObject(client, { Bucket, Key: key }, sign)
    },
    async check() {
      await storage.put(CHECK_KEY, Buffer.from('check'))
      await storage.delete(CHECK_KEY)
    },
    async close() {
      client.destroy()
    },
  }
  return storage
}

async function copyObject(
  client: S3Client,
  Bucket: string,
  { from, to, etag }: { readonly from: string; readonly to: string; readonly etag?: string },
): Promise<void> {
  for (const key of [from, to]) assertKey(key)
  const CopySource = [Bucket, ...from.split('/')].map(encodeURIComponent).join('/')
  try {
    await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource, CopySourceIfMatch: etag }))
  } catch (error) {
    if (saysMissing(error)) throw missing(from)
    if (!saysOther(error)) throw error
    throw new FlatRenderError('STORED_FILE_DIFFERS', {
      key: from,
      what: 'ETag',
      found: 'another',
      announced: etag,
    })
  }
}

async function openObject(
  client: S3Client,
  Bucket: string,
  key: string,
  { range, signal }: GetOptions,
): Promise<OpenFile> {
  assertKey(key)
  const more = signal === undefined ? {} : { abortSignal: signal }
  const sizeOf = async () =>
    (await client.send(new HeadObjectCommand({ Bucket, Key: key }), more)).ContentLength ?? 0
  try {
    // Not every server that speaks S3 knows the last so many bytes.
    const span = range !== undefined && 'last' in range ? resolveRange(key, await sizeOf(), range) : range
    const Range = span && `bytes=${span.from}-${span.to ?? ''}`
    const found = await client.send(new GetObjectCommand({ Bucket, Key: key, Range }), more)
    const stream = found.Body as Readable
    if (span === undefined) return { ...describe(key, found), stream, range: null }
    const [, from, to, bytes] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(found.ContentRange ?? '') ?? []
    // An empty file has no bytes to give, though some servers say that they do.
    if (bytes === '0') resolveRange(key, 0, span)
    const given = { from: Number(from), to: Number(to) }
    if (given.from === span.from && given.to <= (span.to ?? given.to))
      return { ...describe(key, found), bytes: Number(bytes), stream, range: given }
    stream.destroy()
    throw Object.assign(new Error('it gave other bytes than it was asked for'), { code: 'RANGE' })
  } catch (error) {
    if (saysMissing(error)) throw missing(key)
    if (saysOutOfRange(error) && range !== undefined) resolveRange(key, await sizeOf(), range)
    throw error
  }
}

function signObject(
  client: S3Client,
  place: { Bucket: string; Key: string },
  options: SignOptions,
): Promise<string> {
  const { method, expiresIn, filename, bytes: ContentLength } = options
  if (method === 'put')
    return getSignedUrl(client, new PutObjectCommand({ ...place, ContentLength }), {
      expiresIn,
      // Signed, it is the only length that S3 takes.
      ...(ContentLength !== undefined && { signableHeaders: new Set(['content-length']) }),
    })
  const name = filename ?? place.Key.slice(place.Key.lastIndexOf('/') + 1)
  const command = new GetObjectCommand({ ...place, ResponseContentDisposition: writeDisposition(name) })
  return getSignedUrl(client, command, { expiresIn })
}

/** What S3 says of a file, in our words. */
function describe(key: string, said: HeadObjectCommandOutput): StoredFile {
  return {
    key,
    bytes: said.ContentLength ?? 0,
    contentType: said.ContentType ?? 'application/octet-stream',
    etag: said.ETag ?? '',
    sha256: said.Metadata?.sha256 ?? null,
    modifiedAt: said.LastModified ?? new Date(0),
  }
}

function missing(key: string): FlatRenderError {
  return new FlatRenderError('STORED_FILE_MISSING', { key })
}
