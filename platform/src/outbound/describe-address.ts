/** An address as failures tell it: its query and any password may be secrets, so they are left out. */
export function describeAddress(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address.slice(0, 100).replace(/[?#].*$/s, '')
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 300)
}
