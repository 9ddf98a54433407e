import { parse } from 'csv-parse/sync'

/** CSV with a header line, as one object a row. Cells without anything in them are left out. */
export function parseCsv(text: string): Record<string, string>[] {
  const options = { delimiter: findDelimiter(text), skip_empty_lines: true, trim: true }
  const rows = parse<Record<string, string>>(text, { ...options, columns: checkHeader })
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')))
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
