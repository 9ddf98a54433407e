/** A column as a service's `tables.ts` says it is. */
export interface SaidColumn {
  readonly name: string
  /** Without `Generated<…>` and `null`. */
  readonly type: string
  readonly nullable: boolean
  /** The database fills it: `Generated<…>`. */
  readonly filled: boolean
}

/** The tables of a `tables.ts` and their columns, by `schema.table`. */
export type SaidTables = ReadonlyMap<string, readonly SaidColumn[]>

/**
 * Reads the text of a service's `tables.ts`: interfaces of one line for each column, and `Tables`, which says whose they are.
 * Other types of the file stand for what they are: unions of texts for `string`, interfaces for `object`. Errors: an Error
 * where it has another form, so that nothing is passed over.
 */
export function readTables(source: string): SaidTables {
  const aliases = readAliases(source)
  const interfaces = new Map(
    [...source.matchAll(/^(?:export )?interface (\w+)(?: extends \w+)? \{\n(.*?)^\}/gms)].map(
      ([, name, body]) => [name!, body!],
    ),
  )
  const tables = interfaces.get('Tables')
  if (tables === undefined) throw new Error('there is no interface Tables')
  return new Map(
    linesOf(tables).map((line) => {
      const [, table, name] = /^(?:readonly )?'(\w+\.\w+)': (\w+)$/.exec(line) ?? []
      const body = interfaces.get(name ?? '')
      if (table === undefined || body === undefined) throw new Error(`this names no table: ${line}`)
      return [table, linesOf(body).map((column) => readColumn(column, aliases))]
    }),
  )
}

function linesOf(body: string): string[] {
  return body
    .replaceAll(/\/\*\*.*?\*\//gs, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function readAliases(source: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, type] of source.matchAll(
    /^(?:export )?type (\w+) = (.*?)(?=\n\n|\n\/\*|\n$|$(?![\s\S]))/gms,
  ))
    found.set(name!, type!)
  for (const [, name] of source.matchAll(/^(?:export )?interface (\w+) /gm)) found.set(name!, 'object')
  return found
}

function readColumn(line: string, aliases: ReadonlyMap<string, string>): SaidColumn {
  const [, name, said] = /^(?:readonly )?(\w+): (.+)$/.exec(line) ?? []
  if (name === undefined || said === undefined) throw new Error(`this is no column: ${line}`)
  const [, inner] = /^Generated<(.*)>$/.exec(said) ?? []
  const parts = (inner ?? said).split(' | ')
  const types = new Set(parts.filter((part) => part !== 'null').map((part) => simplify(part, aliases)))
  return {
    name,
    type: [...types].join(' | '),
    nullable: parts.includes('null'),
    filled: inner !== undefined,
  }
}

function simplify(type: string, aliases: ReadonlyMap<string, string>): string {
  if (/^'.*'$/.test(type)) return 'string'
  if (type.startsWith('Record<')) return 'object'
  if (/^ColumnType<Date,/.test(type)) return 'Date'
  if (type.endsWith('[]')) return `${simplify(type.slice(0, -2), aliases)}[]`
  const meant = aliases.get(type)
  if (meant === undefined) return type
  if (meant === 'object') return meant
  const whole = /^ColumnType<Date,/.test(meant) ? [meant] : meant.split(/\s*\|\s*/).filter(Boolean)
  return [...new Set(whole.map((part) => simplify(part, new Map())))].join(' | ')
}
