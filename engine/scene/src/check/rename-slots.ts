import type { Lottie } from '../lottie/lottie-json.ts'

type Bound = { sid?: unknown; [key: string]: unknown }

/** Gives slot ids other names, wherever the animation holds them. `rename` is asked once for each. */
export function renameSlots(lottie: Lottie, rename: (id: string) => string): void {
  const names = new Map<string, string>()
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? rename(id)
    names.set(id, name)
    return name
  }
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const object = node as Bound
    if (typeof object.sid === 'string') object.sid = nameOf(object.sid)
    for (const child of Object.values(object)) visit(child)
  }
  const { slots } = lottie
  visit(lottie)
  if (slots !== undefined)
    lottie.slots = Object.fromEntries(Object.entries(slots).map(([id, slot]) => [nameOf(id), slot]))
}
