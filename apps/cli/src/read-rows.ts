import { FlatRenderError } from '@flatrender/contracts/errors'
import { parseCsv } from './parse-csv.ts'
import { readText } from './read-text.ts'

/** Column → what stands in it. */
export type Row = Readonly<Record<string, string | number | boolean | object>>

/** Reads CSV with a header line, or JSON lines by the file's name. Errors: ROWS_UNREADABLE. */
export async function readRows(file: string): Promise<Row[]> {
  try {
    const text = await readText(file)
    const rows = /\.(jsonl|ndjson|json)$/i.test(file) ? parseJson(text) : parseCsv(text)
    if (rows.length === 0) throw new Error('there is none')
    return rows
  } catch (error) {
    throw new FlatRenderError('ROWS_UNREADABLE', { file, reason: (error as Error).message }, { cause: error })
  }
}

/** One array of objects is taken as well. */
function parseJson(text: string): Row[] {
  if (!text.trimStart().startsWith('[')) return parseJsonLines(text)
  const rows: unknown = JSON.parse(text)
  return (rows as unknown[]).map((row, index) => asRow(row, `entry ${index + 1}`))
}

function parseJsonLines(text: string): Row[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => asRow(parseLine(line, number), `line ${number}`))
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new Error(`line ${number} is no JSON (${(error as Error).message})`)
  }
}

function asRow(row: unknown, where: string): Row {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new Error(`${where} is not an object`)
  return row as Row
}
