import { parse } from 'csv-parse/sync'

/**
 * CSV with a header line, as one object a row. Cells without anything in them are left out. A row with more or fewer
 * cells than the header is told by `asFault`, with its line.
 */
export function parseCsv<Fault>(
  text: string,
  asFault: (reason: string) => Fault,
): (Record<string, string> | Fault)[] {
  const records = parse(text, {
    delimiter: findDelimiter(text),
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true,
    info: true,
  }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[]
  const [head, ...rest] = records
  const header = checkHeader(head?.record ?? [])
  return rest.map(({ record, info }) => {
    if (record.length !== header.length)
      return asFault(`line ${info.lines} has ${record.length} cells, the header ${header.length}`)
    const cells = record.map((value, index) => [header[index]!, value] as const)
    return Object.fromEntries(cells.filter(([, value]) => value !== ''))
  })
}

/**
 * Tabs are what is copied out of sheets and stand in no name; semicolons are what Excel writes where the comma stands
 * in numbers. (csv-parse's own guess reads nothing but ASCII.)
 */
function findDelimiter(text: string): string {
  if (countColumns(text, '\t') > 1) return '\t'
  return countColumns(text, ';') > countColumns(text, ',') ? ';' : ','
}

/** Columns of the header line. */
function countColumns(text: string, delimiter: string): number {
  try {
    return parse(text, { delimiter, to: 1, skip_empty_lines: true, trim: true })[0]?.length ?? 0
  } catch {
    // A quote in the middle of a cell: this is not what the file was written with.
    return 0
  }
}

/** Of two columns with one name the first would be lost. */
function checkHeader(header: readonly string[]): string[] {
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two columns are called “${twice}”`)
  return [...header]
}
