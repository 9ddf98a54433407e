import { contentContract } from '@flatrender/contracts/content'
import { fileContract } from '@flatrender/contracts/file'
import { identityContract } from '@flatrender/contracts/identity'

/** The contracts of which the gateway shows what isn't between services alone. */
export const exposedContracts = {
  identity: identityContract,
  content: contentContract,
  file: fileContract,
} as const
