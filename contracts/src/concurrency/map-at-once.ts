/** Does something with each item, so many at once, and gives what came of them in their order. Errors: the first of those. */
export async function mapAtOnce<Item, Result>(
  most: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  let failed = false
  const hands = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (const [index, item] of waiting) {
      if (failed) return
      try {
        results[index] = await work(item, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  })
  // Nothing goes on behind the back of whoever hears of a failure.
  await Promise.allSettled(hands)
  await Promise.all(hands)
  return results
}
