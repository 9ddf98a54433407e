import type { Readable } from 'node:stream'

/** What is known of a stored file. */
export interface StoredFile {
  readonly key: string
  readonly bytes: number
  /** Media type, such as `video/mp4`. */
  readonly contentType: string
  /** Changes with the content; with its quotes, as HTTP has it. */
  readonly etag: string
  /** SHA-256 in hexadecimal; null where S3 was given a file without being told it. */
  readonly sha256: string | null
  readonly modifiedAt: Date
}

/** What is said of a file that is to be stored. What is announced is checked. */
export interface PutOptions {
  readonly contentType?: string
  /** SHA-256 in hexadecimal. */
  readonly sha256?: string
  readonly bytes?: number
  readonly signal?: AbortSignal
  /**
   * Of a file that may come in several goes: bytes that came before, 0 for the first; `bytes` is that of all. What a go brought
   * that broke is kept for a day, where the storage can; see `partBytes`.
   */
  readonly from?: number
}

/** Bytes from one to another, both included and counted from 0, or the last so many. */
export type ByteRange = { readonly from: number; readonly to?: number } | { readonly last: number }

/** What is wanted of a stored file. */
export interface GetOptions {
  readonly range?: ByteRange
  readonly signal?: AbortSignal
}

/** A stored file, open. Who has it reads or destroys the stream. */
export interface OpenFile extends StoredFile {
  readonly stream: Readable
  /** The bytes that the stream gives, where not all were asked for; the last one is included. */
  readonly range: { readonly from: number; readonly to: number } | null
}

/** For whom an address of a stored file is. */
export interface SignOptions {
  /** Seconds until it opens nothing any more; at most a week. */
  readonly expiresIn: number
  readonly method: 'get' | 'put'
  /** Under which name it is saved, of one that is got. */
  readonly filename?: string
  /** How many bytes may come, exactly, of one that is put; any number unless told. */
  readonly bytes?: number
}

/** Where files are kept that no database should hold. A file is there whole or not at all. */
export interface Storage {
  /** Where it is, for people. */
  readonly place: string
  /**
   * Stores a file under a key, and replaces one that is there when the new one is whole. Errors: STORAGE_KEY_INVALID,
   * STORED_FILE_DIFFERS, STORAGE_FULL, STORAGE_UNWRITABLE, STORAGE_UNREACHABLE; STORED_PART_DIFFERS where other bytes came
   * before than `from`; those of the body.
   */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredFile>
  /** Errors: STORED_FILE_MISSING, STORED_RANGE_INVALID (an empty file has no range), STORAGE_KEY_INVALID, STORAGE_UNREACHABLE. */
  get(key: string, options?: GetOptions): Promise<OpenFile>
  /** Undefined where there is none. Errors: STORAGE_KEY_INVALID, STORAGE_UNREACHABLE. */
  head(key: string): Promise<StoredFile | undefined>
  /** Errors: STORED_FILE_MISSING, and those of `put`. */
  copy(from: string, to: string): Promise<StoredFile>
  /**
   * Gives a file another key, and replaces one that is there; its bytes are not read. With an ETag only if it is still that
   * one. Errors: STORED_FILE_MISSING, STORED_FILE_DIFFERS, and those of `put`.
   */
  move(from: string, to: string, etag?: string): Promise<void>
  /** Bytes that came of a file whose last go broke; 0 where nothing is kept, as on S3, which takes files whole alone. */
  partBytes(key: string): Promise<number>
  /** Deletes it if it is there. Errors: STORAGE_KEY_INVALID, STORAGE_UNWRITABLE, STORAGE_UNREACHABLE. */
  delete(key: string): Promise<void>
  /** All keys that begin so, in no promised order; all there are without it. */
  list(prefix?: string): AsyncIterable<{ readonly key: string; readonly bytes: number }>
  /** An address at which somebody without rights of their own gets or puts this one file. */
  sign(key: string, options: SignOptions): Promise<string>
  /** Stores something and deletes it again. Errors: STORAGE_FULL, STORAGE_UNWRITABLE, STORAGE_UNREACHABLE. */
  check(): Promise<void>
  close(): Promise<void>
}
