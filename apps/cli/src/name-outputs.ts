import { FlatRenderError } from '@flatrender/contracts/errors'
import { BrokenRow, type Row } from './read-rows.ts'

/**
 * Fills `{column}` of an output's name for every row; `{row}` is the row's number. What a file's name can't hold
 * becomes `_`. Errors: ROW_COLUMN_MISSING, ROW_OUTPUT_TAKEN.
 */
export function nameOutputs(pattern: string, rows: readonly (Row | BrokenRow)[]): string[] {
  const taken = new Map<string, number>()
  return rows.map((columns, index) => {
    const row = index + 1
    // Nothing will be written for it.
    if (columns instanceof BrokenRow) return pattern
    const output = pattern.replace(/\{([^{}]+)\}/g, (_, column: string) => {
      if (column === 'row' && columns.row === undefined) return String(row)
      const value = columns[column]
      if (value === undefined || typeof value === 'object') {
        throw new FlatRenderError('ROW_COLUMN_MISSING', {
          column,
          row,
          known: [...Object.keys(columns), 'row'],
        })
      }
      return asFileName(String(value))
    })
    const other = taken.get(output)
    if (other !== undefined) throw new FlatRenderError('ROW_OUTPUT_TAKEN', { row, other, file: output })
    taken.set(output, row)
    return output
  })
}

/** The columns that an output's name uses. */
export function columnsOf(pattern: string): Set<string> {
  return new Set([...pattern.matchAll(/\{([^{}]+)\}/g)].map(([, column = '']) => column))
}

/** File systems take 255 for a whole name; the pattern's own words need some too. */
const MOST_BYTES = 160

function asFileName(value: string): string {
  const clean = value
    .normalize('NFC')
    .replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  let name = ''
  for (const character of clean) {
    if (Buffer.byteLength(name + character) > MOST_BYTES) break
    name += character
  }
  return name === '' ? '_' : name
}
