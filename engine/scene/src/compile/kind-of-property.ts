import type { Property } from '../lottie/lottie-json.ts'

/** What a property can be given: words, a colour, one number, or the same number along each of its axes. */
export type PropertyKind = 'text' | 'color' | 'number' | 'vector' | 'other'

/** Tells by the value that stands there; of keyframes by the first. */
export function kindOfProperty({ k }: Pick<Property, 'k'>): PropertyKind {
  const [first] = Array.isArray(k) ? k : []
  if (typeof first === 'object' && first !== null) {
    const start: unknown = first.s
    return typeof start === 'object' && start !== null && 't' in start ? 'text' : kindOfValue(start)
  }
  return kindOfValue(k)
}

function kindOfValue(value: unknown): PropertyKind {
  if (typeof value === 'number') return 'number'
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'number')) return 'other'
  if (value.length === 1) return 'number'
  // A scale or position has three parts as well as a colour; only a colour stays within 0–1.
  if (value.length === 3 || value.length === 4)
    return value.every((part) => part >= 0 && part <= 1) ? 'color' : 'vector'
  return value.length === 2 ? 'vector' : 'other'
}
