import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { ARCHIVE_PATH } from '@flatrender/contracts/render'
import type { SecretKeys } from '@flatrender/platform/secrets'
import { z } from 'zod'
import type { BatchName } from '../batches/batch-name.ts'

const querySchema = z.object({
  tenant: z.guid(),
  batch: z.uuid(),
  /** Milliseconds since 1970. */
  expires: z.coerce.number().int(),
  signature: z.string(),
})

/** An address, behind the API's prefix, that opens a batch's archive until a moment. */
export function writeArchiveAddress(keys: SecretKeys, { tenantId, batchId }: BatchName, until: Date): string {
  const expires = until.getTime()
  const signature = sumOf(keys.present, [tenantId, batchId, expires]).toString('base64url')
  const query = new URLSearchParams({ tenant: tenantId, batch: batchId, expires: String(expires), signature })
  return `${ARCHIVE_PATH}?${query}`
}

/** Whose archive an address opens. Errors: STORED_ADDRESS_INVALID. */
export function readArchiveAddress({ present, former }: SecretKeys, url: string): BatchName {
  const given = new URLSearchParams(url.split('?', 2)[1])
  const read = querySchema.safeParse(Object.fromEntries(given))
  if (!read.success) throw new FlatRenderError('STORED_ADDRESS_INVALID')
  const { tenant: tenantId, batch: batchId, expires, signature } = read.data
  const told = Buffer.from(signature, 'base64url')
  const ours = [present, ...former].map((key) => sumOf(key, [tenantId, batchId, expires]))
  // All are compared: the time that it takes tells nothing.
  const matches = ours.map((sum) => sum.length === told.length && timingSafeEqual(sum, told))
  if (!matches.includes(true) || !(expires > Date.now())) throw new FlatRenderError('STORED_ADDRESS_INVALID')
  return { tenantId, batchId }
}

function sumOf(secretKey: Buffer, parts: readonly [string, string, number]): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'addresses of archives', 32))
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest()
}
