import { contentContract } from '@flatrender/contracts/content'
import { fileContract } from '@flatrender/contracts/file'
import { identityContract } from '@flatrender/contracts/identity'
import { renderContract } from '@flatrender/contracts/render'

/** The contracts of which the gateway shows what isn't between services alone. */
export const exposedContracts = {
  identity: identityContract,
  content: contentContract,
  file: fileContract,
  render: renderContract,
} as const
