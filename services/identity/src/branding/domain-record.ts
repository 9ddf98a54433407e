import { promises as dns } from 'node:dns'

/** Looks records up. */
export type Resolver = Pick<dns.Resolver, 'resolveTxt'>

/** Milliseconds that a name server has for its first answer, and how often it is asked. */
const [PATIENCE, TRIES] = [3_000, 2]

/** Opens what asks these name servers (`192.0.2.53` or `192.0.2.53:5353`), or those of the machine. */
export function openResolver(servers: readonly string[]): Resolver {
  const resolver = new dns.Resolver({ timeout: PATIENCE, tries: TRIES })
  if (servers.length > 0) resolver.setServers([...servers])
  return resolver
}

/** Where the record stands that proves a domain. */
export function nameRecord(domain: string): string {
  return `_flatrender.${domain}`
}

/** What it says. */
export function recordValue(token: string): string {
  return `flatrender=${token}`
}

/** Is the record there? `unknown` where no name server says so or otherwise. */
export async function lookUpRecord(
  resolver: Resolver,
  { domain, token }: { domain: string; token: string },
): Promise<'seen' | 'absent' | 'unknown'> {
  try {
    // A long text comes in parts.
    const texts = (await resolver.resolveTxt(nameRecord(domain))).map((parts) => parts.join(''))
    return texts.includes(recordValue(token)) ? 'seen' : 'absent'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOTFOUND' || code === 'ENODATA' ? 'absent' : 'unknown'
  }
}
