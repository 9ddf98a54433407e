import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { Exceptions } from './read-exceptions.ts'

/**
 * Looks hosts up as they are connected to, and refuses one if one of its addresses is private and no exception: a name may
 * point anywhere, and change. What was looked at is what is connected to; nobody looks again.
 */
export function resolveAllowed({ allowsHost, allowsAddress }: Exceptions): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, [])
      const closed = allowsHost(hostname)
        ? undefined
        : addresses.find(({ address }) => !allowsAddress(address))
      if (closed !== undefined) return done(new PrivateAddressError(), [])
      if (options.all === true) return done(null, addresses)
      const [first] = addresses
      done(null, first!.address, first!.family)
    })
  }
}

/** A host that isn't connected to. */
export class PrivateAddressError extends Error {
  override readonly message = 'it stands in a private network'
}
