import { FlatRenderError } from '@flatrender/contracts/errors'
import { isLoopback, isPrivateHost } from '@flatrender/platform/outbound'

/**
 * A provider is asked over HTTPS, at a public address. `local` lets it stand in a private network, and speak plain HTTP on
 * this machine. Errors: OAUTH_PROVIDER_INVALID.
 */
export function assertIssuer(issuer: string, { local }: { local: boolean }): void {
  const url = new URL(issuer)
  const { protocol, hostname, username, password, search, hash } = url
  if (protocol !== 'https:' && !(local && isLoopback(hostname)))
    throw wrong('its issuer is no https:// address')
  if (!local && isPrivateHost(hostname)) throw wrong('its issuer stands in a private network')
  if (`${username}${password}${search}${hash}` !== '' || /[?#]/.test(issuer))
    throw wrong('its issuer holds more than host and path')
}

function wrong(reason: string): FlatRenderError {
  return new FlatRenderError('OAUTH_PROVIDER_INVALID', { reason })
}
