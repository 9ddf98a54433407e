/** The docblocks of schemas: of each whole (`scene`) and of each of its fields (`scene.cues`). */
export type Comments = ReadonlyMap<string, string>

const declaration = /^export const (\w+)Schema = /
const field = /^ {2}(\w+):/

/**
 * Reads the docblocks of zod schemas out of their source, so that what a field means is written once, beside it.
 * It reads lines, not syntax: formatted files have declarations at the margin and fields two spaces in.
 */
export function readComments(text: string): Comments {
  const comments = new Map<string, string>()
  let schema = ''
  let pending: string[] = []
  let inside = false
  for (const line of text.split('\n')) {
    const opens = /^ {0,2}\/\*\*/.test(line)
    if (opens || inside) {
      if (opens) pending = []
      pending.push(line)
      inside = !line.includes('*/')
      continue
    }
    const declared = declaration.exec(line)?.[1]
    if (declared !== undefined) schema = declared
    const name = declared ?? (schema === '' ? undefined : prefixed(schema, field.exec(line)?.[1]))
    if (name !== undefined && pending.length > 0) comments.set(name, plainText(pending))
    pending = []
    if (/^[^\s}]/.test(line) && declared === undefined) schema = ''
  }
  return comments
}

function prefixed(schema: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${schema}.${name}`
}

function plainText(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^\s*(\/\*\*|\*(?!\/))?\s?/, '').replace(/\s*\*\/\s*$/, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}
