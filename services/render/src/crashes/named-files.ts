import { z } from 'zod'

/** A file that an order's input names, to be read. */
const namedFile = z.object({
  hash: z.string(),
  bytes: z.int(),
  objectKey: z.string(),
  extension: z.string().default(''),
})
export type NamedFile = z.infer<typeof namedFile>

/** Every file that is to be read for an order, each content once. */
export function listNamedFiles(input: unknown): NamedFile[] {
  const found = new Map<string, NamedFile>()
  visit(input, (file) => found.set(nameOf(file), file))
  return [...found.values()]
}

/** The same order, with its files elsewhere: `places` by what `nameOf` gives; those that it lacks stay where they are. */
export function placeNamedFiles(input: unknown, places: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(input)) return input.map((part) => placeNamedFiles(part, places))
  if (typeof input !== 'object' || input === null) return input
  const parts = Object.entries(input).map(([name, part]) => [name, placeNamedFiles(part, places)])
  const file = namedFile.safeParse(input).data
  const objectKey = file && places.get(nameOf(file))
  return { ...Object.fromEntries(parts), ...(objectKey !== undefined && { objectKey }) }
}

/** Names a file by content. */
export const nameOf = ({ hash, extension }: NamedFile): string => `${hash}${extension}`

function visit(value: unknown, hear: (file: NamedFile) => void): void {
  if (typeof value !== 'object' || value === null) return
  const file = namedFile.safeParse(value).data
  if (file !== undefined) hear(file)
  for (const part of Object.values(value)) visit(part, hear)
}
