import { FlatRenderError } from '@flatrender/contracts/errors'

/** Names that mean nothing, addresses of other machines, and kinds of address that this one lacks. */
const WRONG_HOST = /^(ENOTFOUND|EAI_\w+|EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL|ENODEV)$/

/** What opening a port failed with, as an expected failure where it is one: PORT_TAKEN, HOST_UNUSABLE. */
export function describeListening(cause: unknown, host: string, port: number): unknown {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return new FlatRenderError('PORT_TAKEN', { host, port }, { cause })
  if (WRONG_HOST.test(code)) {
    const reason = 'it is no address of this machine'
    return new FlatRenderError('HOST_UNUSABLE', { host, port, reason }, { cause })
  }
  return cause
}
