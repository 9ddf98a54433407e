/** A text as PostgreSQL can keep it: NUL and halves of surrogate pairs become U+FFFD. As long as it was, in UTF-16 units. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}')
}

/** A JSON value whose texts PostgreSQL can keep, its keys among them. */
export function storableJson<Value>(value: Value): Value {
  return makeStorable(value) as Value
}

function makeStorable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(makeStorable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), makeStorable(inner)]),
  )
}
