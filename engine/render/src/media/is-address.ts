/** Does it name something by a scheme (`http:`, `file:`, `data:`)? One letter is a drive. Addresses are never fetched. */
export function isAddress(src: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(src)
}
