import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { parse } from 'csv-parse/sync'

/** Column → what stands in it. */
export type Row = Readonly<Record<string, string | number | boolean | object>>

/** Reads CSV with a header line, or JSON lines by the file's name. Errors: ROWS_UNREADABLE. */
export async function readRows(file: string): Promise<Row[]> {
  try {
    const text = await readFile(file, 'utf8')
    return /\.(jsonl|ndjson|json)$/i.test(file) ? parseJsonLines(text) : parseCsv(text)
  } catch (error) {
    throw new FlatRenderError('ROWS_UNREADABLE', { file, reason: (error as Error).message }, { cause: error })
  }
}

/** Cells without anything in them are left out: the template's own words stand there. */
function parseCsv(text: string): Row[] {
  const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[]
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')))
}

function parseJsonLines(text: string): Row[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      const row: unknown = JSON.parse(line)
      if (typeof row !== 'object' || row === null || Array.isArray(row))
        throw new Error(`line ${number} is not an object`)
      return row as Row
    })
}
