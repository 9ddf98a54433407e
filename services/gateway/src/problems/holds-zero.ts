/** Does any text in it, names of fields among them, hold U+0000? PostgreSQL has no such text. */
export function holdsZero(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, part]) => name.includes('\u0000') || holdsZero(part))
}
