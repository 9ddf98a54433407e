import { roundValue, type Value } from './round.ts'

/** A JSON value as it is written to a Lottie file. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
/** An object of a Lottie file. */
export type JsonObject = { readonly [key: string]: Json }

/** A Lottie property: `a` 0 with a value in `k`, or `a` 1 with keyframes. `sid` binds it to a slot. */
export type Property = { a: 0 | 1; k: Json; sid?: string }

/** What the kit's functions take where a property is wanted: a plain value stands still. */
export type Animatable = Value | Property

/** A property that stands still. */
export function still(value: Value, sid?: string): Property {
  const property: Property = { a: 0, k: roundValue(value) }
  if (sid !== undefined) property.sid = sid
  return property
}

/** Makes a property of a plain value; leaves a property as it is. */
export function asProperty(value: Animatable): Property {
  return isProperty(value) ? value : still(value)
}

function isProperty(value: Animatable): value is Property {
  return typeof value === 'object' && 'k' in value
}
