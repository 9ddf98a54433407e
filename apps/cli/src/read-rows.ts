import { FlatRenderError } from '@flatrender/contracts/errors'
import { parseCsv } from './parse-csv.ts'
import { readText } from './read-text.ts'

/** Column → what stands in it. */
export type Row = Readonly<Record<string, string | number | boolean | object>>

/** A row that can't be read, and why, as the end of a sentence: the others are none the worse for it. */
export class BrokenRow {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** Reads CSV with a header line, or JSON lines by the file's name. Errors: ROWS_UNREADABLE for the file as a whole. */
export async function readRows(file: string): Promise<(Row | BrokenRow)[]> {
  try {
    const text = await readText(file)
    const rows = /\.(jsonl|ndjson|json)$/i.test(file)
      ? parseJson(text)
      : parseCsv(text, (reason) => new BrokenRow(reason))
    if (rows.length === 0) throw new Error('there is none')
    return rows
  } catch (error) {
    throw new FlatRenderError('ROWS_UNREADABLE', { file, reason: (error as Error).message }, { cause: error })
  }
}

/** One array of objects is taken as well. */
function parseJson(text: string): (Row | BrokenRow)[] {
  if (!text.trimStart().startsWith('[')) return parseJsonLines(text)
  const rows: unknown = JSON.parse(text)
  return (rows as unknown[]).map((row, index) => asRow(row, `entry ${index + 1}`))
}

function parseJsonLines(text: string): (Row | BrokenRow)[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => parseLine(line, number))
}

function parseLine(line: string, number: number): Row | BrokenRow {
  try {
    return asRow(JSON.parse(line), `line ${number}`)
  } catch (error) {
    return new BrokenRow(`line ${number} is no JSON (${(error as Error).message})`)
  }
}

function asRow(row: unknown, where: string): Row | BrokenRow {
  return typeof row !== 'object' || row === null || Array.isArray(row)
    ? new BrokenRow(`${where} is not an object`)
    : (row as Row)
}
