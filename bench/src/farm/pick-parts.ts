/** Picks the parts that were named, with commas between or one by one; all where none was. Undefined where one isn't known. */
export function pickParts<Part extends string>(
  parts: readonly Part[],
  named: readonly string[] | undefined,
): readonly Part[] | undefined {
  if (named === undefined) return parts
  const wanted = named.flatMap((text) => text.split(','))
  const known = parts.filter((part) => wanted.includes(part))
  return known.length === new Set(wanted).size ? known : undefined
}
