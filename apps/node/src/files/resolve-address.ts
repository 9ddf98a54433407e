import { SIGNED_FILES_PATH } from '@flatrender/contracts/files'

/** Where the server itself answers signed addresses. */
const OWN_FILES = `/api/v1${SIGNED_FILES_PATH}/`

/**
 * The address of a file as this node reaches it. The server's own files are asked for where the node reaches the server: what
 * it calls itself may be a name that only browsers know.
 */
export function resolveAddress(address: string, server: string): string {
  const url = new URL(address, server)
  if (!url.pathname.startsWith(OWN_FILES)) return url.href
  return `${server.replace(/\/+$/, '')}${url.pathname}${url.search}`
}
