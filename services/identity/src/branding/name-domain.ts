import { domainToASCII } from 'node:url'

/** As the database knows a domain: two parts or more, the last no number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/
/** Letters of a name: with `_flatrender.` before it, it must still be one. */
const LENGTH = 253 - '_flatrender.'.length

/**
 * A domain as name servers know it: in small letters, `xn--…` where it isn't ASCII, without the final dot. Undefined for
 * what is none, such as an address, or a name with a port or path.
 */
export function nameDomain(text: string): string | undefined {
  if (/[\s/:@?#%\\[\]]/.test(text)) return undefined
  const name = domainToASCII(text).replace(/\.$/, '')
  return name.length <= LENGTH && DOMAIN.test(name) ? name : undefined
}
