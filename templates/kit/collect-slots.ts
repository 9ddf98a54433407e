import type { Json, JsonObject } from './property.ts'

/**
 * The top-level `slots` of an animation: each `sid` once, with the value that the animation itself holds.
 * Pictures are left out: their assets carry the `sid` and the default alike.
 */
export function collectSlots(json: Json): JsonObject {
  const found = new Map<string, Json>()
  visit(json, found)
  return Object.fromEntries(
    [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([sid, p]) => [sid, { p }]),
  )
}

function visit(json: Json, found: Map<string, Json>): void {
  if (Array.isArray(json)) for (const item of json as readonly Json[]) visit(item, found)
  else if (json !== null && typeof json === 'object') {
    const { sid, ...value } = json as JsonObject
    if (typeof sid === 'string' && 'k' in value) keep(sid, value, found)
    for (const part of Object.values(value)) visit(part, found)
  }
}

function keep(sid: string, value: Json, found: Map<string, Json>): void {
  const known = found.get(sid)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value))
    throw new Error(`slot ${sid} has two different defaults`)
  found.set(sid, value)
}
