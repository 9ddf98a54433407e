import { readFile } from 'node:fs/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { parse } from 'csv-parse/sync'

/** Column → what stands in it. */
export type Row = Readonly<Record<string, string | number | boolean | object>>

/** Reads CSV with a header line, or JSON lines by the file's name. Errors: ROWS_UNREADABLE. */
export async function readRows(file: string): Promise<Row[]> {
  try {
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
    const rows = /\.(jsonl|ndjson|json)$/i.test(file) ? parseJson(text) : parseCsv(text)
    if (rows.length === 0) throw new Error('there is none')
    return rows
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
