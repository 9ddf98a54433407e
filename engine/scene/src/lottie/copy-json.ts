/**
 * A deep copy of what `JSON.parse` gave: in under half of `structuredClone`'s time, which has to ask what everything
 * is. A key `__proto__` means nothing to us and stays behind.
 */
export function copyJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyJson) as Value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value))
    if (key !== '__proto__') copy[key] = copyJson((value as Record<string, unknown>)[key])
  return copy as Value
}
