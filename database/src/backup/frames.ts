import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { FlatRenderError } from '@flatrender/contracts/errors'

/**
 * What a backup consists of, inside gzip: one `h`ead, for each table a `t`itle, any number of `d`ata and its `s`um, the same
 * for each stored `f`ile, and one `e`nd. Head, titles, sums and end are JSON (`backup-format.ts`); data are the text that COPY
 * writes, and the bytes of files.
 */
export type FrameKind = 'h' | 't' | 'f' | 'd' | 's' | 'e'

/** One piece of a backup. */
export interface Frame {
  readonly kind: FrameKind
  readonly payload: Buffer
}

/** Bytes of a frame before its payload: a letter, and the payload's length as a big-endian number of 32 bits. */
const HEAD_BYTES = 5
/** Longer payloads are written as several; who reads need not hold more. Bytes. */
const MAX_PAYLOAD = 1 << 20
/** As long as most frames are. */
const CHUNK_BYTES = 1 << 16

/** A frame as it stands in the file; data longer than a mebibyte become several. */
export function* packFrames(kind: FrameKind, payload: Buffer): Generator<Buffer> {
  for (let at = 0; at === 0 || at < payload.length; at += MAX_PAYLOAD) {
    const part = payload.subarray(at, at + MAX_PAYLOAD)
    const head = Buffer.alloc(HEAD_BYTES)
    head.write(kind, 'latin1')
    head.writeUInt32BE(part.length, 1)
    yield head
    yield part
  }
}

/** The frames of a file, one at a time. Errors: BACKUP_UNREADABLE when it isn't there, is no backup, is torn or damaged. */
export async function* readFrames(file: string, signal?: AbortSignal): AsyncGenerator<Frame> {
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES })
  // What goes wrong on the way in appears where the output is read.
  const feeding = pipeline(createReadStream(file), unzipped, { signal }).catch((error: Error) => error)
  try {
    yield* cutFrames(unzipped)
  } catch (error) {
    signal?.throwIfAborted()
    throw unreadable(file, error as Error)
  } finally {
    unzipped.destroy()
    await feeding
  }
}

async function* cutFrames(bytes: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let frame = cutFrame(rest); frame !== undefined; frame = cutFrame(rest)) {
      rest = rest.subarray(HEAD_BYTES + frame.payload.length)
      yield frame
    }
  }
  if (rest.length > 0) throw new Error('it ends in the middle')
}

function cutFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const kind = bytes.toString('latin1', 0, 1)
  const length = bytes.readUInt32BE(1)
  if (!isKind(kind) || length > MAX_PAYLOAD) throw new Error('it is no backup')
  const payload = bytes.subarray(HEAD_BYTES, HEAD_BYTES + length)
  return payload.length < length ? undefined : { kind, payload }
}

function isKind(letter: string): letter is FrameKind {
  return 'htfdse'.includes(letter)
}

function unreadable(file: string, cause: Error & { code?: string }): FlatRenderError {
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    Z_BUF_ERROR: 'it ends in the middle',
    Z_DATA_ERROR: 'it is no backup, or damaged',
  }
  const reason = reasons[cause.code ?? ''] ?? cause.message
  return new FlatRenderError('BACKUP_UNREADABLE', { file, reason }, { cause })
}
