/** Does any text in it, names of fields among them, hold U+0000? PostgreSQL has no such text. However deep it is nested. */
export function holdsZero(value: unknown): boolean {
  const waiting = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && next.includes('\u0000')) return true
    if (typeof next !== 'object' || next === null) continue
    for (const [name, part] of Object.entries(next)) {
      if (name.includes('\u0000')) return true
      waiting.push(part)
    }
  }
  return false
}
