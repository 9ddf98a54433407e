/** Runs a task for each item, so many at once; the first failure ends it, once those under way are done. */
export async function runSomeAtOnce<Item>(
  most: number,
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()]
  let failed = false
  const hands = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (let next = waiting.shift(); next !== undefined && !failed; next = waiting.shift())
      await run(next[1], next[0]).catch((error: unknown) => {
        failed = true
        throw error
      })
  })
  const ends = await Promise.allSettled(hands)
  const broken = ends.find((end) => end.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}
