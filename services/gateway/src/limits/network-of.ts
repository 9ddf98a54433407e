import { isIPv6 } from 'node:net'

/** Groups of an IPv6 address that name a network: whoever has one address of a /64 has all of them. */
const NETWORK_GROUPS = 4

/** What an address is counted by: an IPv4 address itself, however it is written, and the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const [, mapped] = /^(?:0*:)*:?(?:0+:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? []
  if (mapped !== undefined) return mapped
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const groupsOf = (part: string) => part.split(':').filter(Boolean)
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  const width = before.length + after.length + (plain.includes('.') ? 1 : 0)
  const zeros = Array.from({ length: Math.max(0, 8 - width) }, () => '0')
  const groups = tail === undefined ? before : [...before, ...zeros, ...after]
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
