/** Characters shown on each side of a difference. */
const CONTEXT = 60

/** Where two long texts first differ, with what surrounds it; undefined if they are equal. */
export function findDifference(one: string, other: string): string | undefined {
  if (one === other) return undefined
  let at = 0
  while (one[at] === other[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT)
  return `at character ${at}:\n  ${around(one)}\n  ${around(other)}`
}
