/** Fails unless farm and engine painted the very same segments, each of them once and from nothing. */
export function assertSamePlan(
  farm: { readonly keys: readonly string[] },
  alone: { readonly keys: readonly string[] },
): void {
  if (farm.keys.join() !== alone.keys.join())
    throw new Error(
      `the farm painted ${farm.keys.length} segments, and the engine alone ${alone.keys.length} others`,
    )
}
