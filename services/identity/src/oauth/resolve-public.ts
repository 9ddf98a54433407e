import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress } from './private-hosts.ts'

/** Looks a host up, and refuses it if one of its addresses is private: a name may point anywhere, and change. */
export const resolvePublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, [])
    const closed = addresses.find(({ address }) => isPrivateAddress(address))
    if (closed !== undefined) return done(new Error('it stands in a private network'), [])
    if (options.all === true) return done(null, addresses)
    const [first] = addresses
    done(null, first!.address, first!.family)
  })
}
