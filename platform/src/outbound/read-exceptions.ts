import { BlockList, isIP } from 'node:net'
import { bareHost, isPrivateAddress, isPrivateHost } from './private-hosts.ts'

/** Which hosts and addresses may be called: public ones, and those that whoever runs us has allowed. */
export interface Exceptions {
  /** May a host of a URL be called whatever its addresses are? */
  readonly allowsHost: (hostname: string) => boolean
  readonly allowsAddress: (address: string) => boolean
}

/** What is allowed beside public addresses: hosts, addresses and CIDR ranges; or everything. */
export type Allowed = readonly string[] | 'everything'

/** Reads what is allowed. Every entry is one that `isException` knows. */
export function readExceptions(allowed: Allowed): Exceptions {
  if (allowed === 'everything') return { allowsHost: () => true, allowsAddress: () => true }
  const hosts = new Set<string>()
  const open = new BlockList()
  for (const entry of allowed) {
    const [address = '', bits] = entry.split('/')
    const version = isIP(address)
    if (version === 0) hosts.add(plain(entry))
    else if (bits === undefined) open.addAddress(address, version === 6 ? 'ipv6' : 'ipv4')
    else open.addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4')
  }
  return {
    allowsHost: (hostname) => hosts.has(plain(hostname)),
    allowsAddress: (address) =>
      !isPrivateAddress(address) || open.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  }
}

/** Is a text a host, an address or a CIDR range? */
export function isException(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version !== 0)
    return (
      more.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32)))
    )
  return /^[\w-]+(\.[\w-]+)*\.?$/.test(text) && URL.parse(`http://${text}/`)?.hostname === text.toLowerCase()
}

/** Why a URL's host is not called, as far as its name says; undefined where nothing speaks against it. */
export function findHostFault(
  hostname: string,
  { allowsHost, allowsAddress }: Exceptions,
): string | undefined {
  const bare = bareHost(hostname)
  if (allowsHost(hostname)) return undefined
  if (isIP(bare) === 0 ? isPrivateHost(hostname) && !allowsAddress('127.0.0.1') : !allowsAddress(bare))
    return 'it stands in a private network'
  return undefined
}

function plain(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '')
}
