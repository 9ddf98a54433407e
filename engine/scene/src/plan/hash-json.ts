import { sha256Hex } from '../package/sha256.ts'

/** SHA-256 of a value's canonical JSON (keys sorted at every level), hexadecimal. */
export function hashJson(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}

/** The same value always gives the same text. Numbers as JSON writes them; undefined is left out. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
