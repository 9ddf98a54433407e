import { createHash } from 'node:crypto'

/** SHA-256 of a value's canonical JSON (keys sorted at every level), hexadecimal. */
export function hashJson(value: unknown): string {
  return hashText(canonicalJson(value))
}

/** SHA-256 of a text's UTF-8, hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The same value always gives the same text. Numbers as JSON writes them; undefined is left out. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Freezes a plain value all the way down. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
