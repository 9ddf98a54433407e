import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Where no public server stands in IPv4: IANA's special-purpose registry, multicast and what is kept for later. */
const closedV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/**
 * The same of IPv6. Public servers are in 2000::/3, so all from 4000:: on is closed: fc00::/7, fe80::/10, fec0::/10 and
 * ff00::/8 are there. 2002:: and ::/96 carry IPv4 in ways that nobody routes any more.
 */
const closedV6 = [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['100::', 8],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
  ['4000::', 2],
  ['8000::', 1],
] as const

const closed = new BlockList()
for (const [network, bits] of closedV4) {
  // It holds for `::ffff:…`, IPv4 as IPv6, too.
  closed.addSubnet(network, bits, 'ipv4')
  // A network without IPv4 reaches it by this prefix (NAT64), public servers and private ones.
  closed.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6')
}
for (const [network, bits] of closedV6) closed.addSubnet(network, bits, 'ipv6')

/** Does an address belong to this machine or a private network? */
export function isPrivateAddress(address: string): boolean {
  return isIn(closed, address)
}

/** Does a host of a URL stand for this machine or a private network, as far as its name says? */
export function isPrivateHost(hostname: string): boolean {
  return isLoopback(hostname) || isIn(closed, bareHost(hostname))
}

/** Is a host of a URL this machine? */
export function isLoopback(hostname: string): boolean {
  return /(^|\.)localhost\.?$/.test(hostname) || isIn(loopback, bareHost(hostname))
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
