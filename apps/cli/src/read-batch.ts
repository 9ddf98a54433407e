import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, SlotValue } from '@flatrender/contracts/template'
import type { BatchRow } from '@flatrender/engine-render'
import { columnsOf, nameOutputs } from './name-outputs.ts'
import { listMediaSlots, placeMedia } from './place-media.ts'
import type { CommandRequest } from './read-request.ts'
import { BrokenRow, type Row, readRows } from './read-rows.ts'

/**
 * Reads a table as the rows of a batch: its values over the request's, its paths from its own folder, its outputs by
 * a pattern. Errors: ROWS_UNREADABLE, ROW_COLUMN_MISSING, ROW_OUTPUT_TAKEN, those of `readModifications`.
 */
export async function readBatch(file: string, pattern: string, request: CommandRequest): Promise<BatchRow[]> {
  const { manifest } = request.template
  const rows = await readRows(file)
  const outputs = nameOutputs(pattern, rows)
  const mediaSlots = listMediaSlots(manifest, request.modifications)
  const folder = path.dirname(path.resolve(file))
  return rows.map((row, index) => {
    if (row instanceof BrokenRow) {
      const fault = new FlatRenderError('ROW_UNREADABLE', { row: index + 1, reason: row.reason })
      return { row: index + 1, output: outputs[index]!, values: {}, fault }
    }
    const values = placeMedia(valuesOf(row, pattern, manifest), mediaSlots, folder)
    return { row: index + 1, output: outputs[index]!, values: { ...request.values, ...values } }
  })
}

/** A column that no slot has may still name the output. */
function valuesOf(row: Row, pattern: string, { scenes }: Manifest): Record<string, SlotValue> {
  const naming = columnsOf(pattern)
  const slots = new Set(scenes.flatMap((scene) => Object.keys(scene.slots)))
  const values = Object.entries(row).filter(
    ([column]) => !naming.has(column) || slots.has(column.split('.').at(-1)!),
  )
  return Object.fromEntries(values) as Record<string, SlotValue>
}
