import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { ARCHIVE_PATH } from '@flatrender/contracts/render'
import { type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'
import { z } from 'zod'
import type { BatchName } from '../batches/batch-name.ts'

/** What addresses are sealed for. */
const PLACE = 'addresses of archives'

const sealedSchema = z.object({ tenantId: z.guid(), batchId: z.uuid(), until: z.number() })

/** An address, behind the API's prefix, that opens a batch's archive until a moment: it tells nothing, and can't be changed. */
export function writeArchiveAddress(keys: SecretKeys, { tenantId, batchId }: BatchName, until: Date): string {
  const words = JSON.stringify({ tenantId, batchId, until: until.getTime() })
  return `${ARCHIVE_PATH}?sealed=${seal(keys, PLACE, words).toString('base64url')}`
}

/** Whose archive an address opens. Errors: STORED_ADDRESS_INVALID. */
export function readArchiveAddress(keys: SecretKeys, url: string): BatchName {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  const { until, ...name } = open(keys, query.get('sealed') ?? '')
  if (!(until > Date.now())) throw new FlatRenderError('STORED_ADDRESS_INVALID')
  return name
}

function open(keys: SecretKeys, token: string) {
  try {
    return sealedSchema.parse(JSON.parse(unseal(keys, PLACE, Buffer.from(token, 'base64url')).toString()))
  } catch (cause) {
    if (!isFlatRenderError(cause, 'SECRET_UNREADABLE')) throw cause
    throw new FlatRenderError('STORED_ADDRESS_INVALID', {}, { cause })
  }
}
