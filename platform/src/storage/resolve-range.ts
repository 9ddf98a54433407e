import { FlatRenderError } from '@flatrender/contracts/errors'
import type { ByteRange } from './storage.ts'

/** The bytes of a file that a range means (RFC 9110, 14.1.2); the last one is included. Errors: STORED_RANGE_INVALID. */
export function resolveRange(key: string, bytes: number, range: ByteRange): { from: number; to: number } {
  const { from, to } =
    'last' in range
      ? { from: range.last > 0 ? Math.max(0, bytes - range.last) : bytes, to: bytes - 1 }
      : { from: range.from, to: Math.min(range.to ?? bytes - 1, bytes - 1) }
  if (from >= bytes || to < from) throw new FlatRenderError('STORED_RANGE_INVALID', { key, bytes })
  return { from, to }
}

/** A `Range` header of one range of bytes; undefined for any other, which means the whole file (RFC 9110, 14.2). */
export function readRange(header: string | undefined): ByteRange | undefined {
  const [, first = '', second = ''] = header?.match(/^bytes=\s*(\d*)-(\d*)\s*$/i) ?? []
  if (first === '') return second === '' ? undefined : { last: Number(second) }
  if (second === '') return { from: Number(first) }
  return Number(second) < Number(first) ? undefined : { from: Number(first), to: Number(second) }
}
