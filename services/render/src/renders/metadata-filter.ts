import { type RawBuilder, sql } from 'kysely'

/** Whose metadata hold this: as a text, a number or whatever else it may mean. */
export interface MetadataFilter {
  readonly name: string
  readonly values: readonly unknown[]
}

/** `name:value`; an address can't say whether 5 is a number or a text, so it is either. */
export function readMetadataFilter(given: string): MetadataFilter {
  const colon = given.indexOf(':')
  const text = given.slice(colon + 1)
  const values: unknown[] = [text]
  if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(text)) values.push(JSON.parse(text))
  return { name: given.slice(0, colon), values }
}

/** The same as a condition on a column `metadata`. */
export function holdsMetadata({ name, values }: MetadataFilter): RawBuilder<boolean> {
  const wanted = values.map((value) => sql`metadata @> ${JSON.stringify({ [name]: value })}::jsonb`)
  return sql<boolean>`(${sql.join(wanted, sql` or `)})`
}
