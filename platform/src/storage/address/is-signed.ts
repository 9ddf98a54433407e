import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeys } from '../../secrets/seal.ts'
import { readUrl, type SignedRequest } from './serve-signed.ts'
import { verifyAddress } from './sign-address.ts'

/** Is this an address of ours that opens something by this method now? Nothing is read or looked up for that. */
export function isSigned(
  secretKeys: SecretKeys,
  { method, url }: Pick<SignedRequest, 'method' | 'url'>,
): boolean {
  try {
    const { pathname: path, searchParams: query } = readUrl(url)
    verifyAddress(secretKeys, { path, query, method })
    return true
  } catch (error) {
    if (isFlatRenderError(error, 'STORED_ADDRESS_INVALID')) return false
    throw error
  }
}
