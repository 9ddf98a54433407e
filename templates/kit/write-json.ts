import type { Json } from './property.ts'

/** One line of JSON with keys in the order they were made; the same input gives the same bytes. */
export function writeJson(value: Json): string {
  return `${JSON.stringify(value)}\n`
}

/** Indented JSON, for files that people read. */
export function writePrettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
