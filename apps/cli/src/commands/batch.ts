import path from 'node:path'
import type { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, SlotValue } from '@flatrender/contracts/template'
import { type BatchRow, type RowOutcome, renderBatch } from '@flatrender/engine-render'
import type { Command } from 'commander'
import { openEngine } from '../engine.ts'
import { exitCodes } from '../exit-code.ts'
import { columnsOf, nameOutputs } from '../name-outputs.ts'
import { noteTexts } from '../output/text-notes.ts'
import { listMediaSlots, placeMedia } from '../place-media.ts'
import { readRequest } from '../read-request.ts'
import { type Row, readRows } from '../read-rows.ts'
import {
  addDataOptions,
  addOutputOptions,
  chooseOutput,
  type DataOptions,
  type OutputOptions,
} from '../render-options.ts'
import type { Session } from '../session.ts'

interface BatchCommandOptions extends DataOptions, OutputOptions {
  readonly output: string
  readonly json?: boolean
}

/** `flatrender batch`: a video for every row of a table. */
export function addBatchCommand(program: Command, session: Session): void {
  const command = program
    .command('batch <template> <rows>')
    .description('Render a video for every row of a CSV or JSON lines file. What rows share is painted once.')
    .requiredOption('-o, --output <pattern>', 'file for each row, with {column} or {row} in its name')
  addDataOptions(command)
  addOutputOptions(command)
    .option('--json', 'a JSON line for every row')
    .addHelpText(
      'after',
      `
Columns are slots: title, scene.title or scene#2.title. Columns that only the output's name uses are not.
Paths in rows start at their file's folder. CSV may have commas, semicolons or tabs, and is UTF-8.
Examples:
  flatrender batch templates/logo-reveal rows.csv -o 'out/{name}.mp4'
  flatrender batch promo.lottie rows.jsonl --data base.json --resolution 720p -o 'out/{row}.mp4'`,
    )
    .action((template: string, rows: string, options: BatchCommandOptions) =>
      runBatch(template, rows, options, session),
    )
}

async function runBatch(
  location: string,
  file: string,
  options: BatchCommandOptions,
  session: Session,
): Promise<void> {
  const { console, settings, signal } = session
  const request = await readRequest(location, options)
  const { manifest } = request.template
  const mediaSlots = listMediaSlots(manifest, request.modifications)
  const columns = await readRows(file)
  const outputs = nameOutputs(options.output, columns)
  const rows = columns.map((row, index): BatchRow => {
    const values = placeMedia(
      valuesOf(row, options.output, manifest),
      mediaSlots,
      path.dirname(path.resolve(file)),
    )
    return { row: index + 1, output: outputs[index]!, values: { ...request.values, ...values } }
  })
  const output = chooseOutput(options.output, options)
  const engine = await openEngine(session)
  const begun = performance.now()
  let done = 0
  try {
    const outcomes = await renderBatch(
      rows,
      { ...request, output },
      {
        workspace: engine.workspace,
        pool: engine.pool,
        workers: settings.workers,
        cacheLimit: settings.cacheLimit,
        verify: 'key',
        signal,
        onRow: (outcome) => {
          done++
          tellRow(outcome, session, options.json === true)
          console.status(`${done}/${rows.length} videos`)
        },
      },
    )
    console.status('')
    report(outcomes, (performance.now() - begun) / 1000, session, options.json === true)
  } finally {
    await engine.close()
  }
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

function tellRow(outcome: RowOutcome, { console }: Session, json: boolean): void {
  const { row, output } = outcome
  if ('result' in outcome) {
    if (json) console.print(JSON.stringify({ type: 'row', row, ...outcome.result }))
    noteTexts(outcome.texts, console, json)
    return
  }
  for (const error of outcome.errors) {
    const { message, remedy = '', code = 'BUG' } = error as Partial<FlatRenderError>
    if (json) console.print(JSON.stringify({ type: 'row-error', row, output, code, message, remedy }))
    else console.note(`row ${row}: ${code}: ${message} ${remedy}`)
  }
}

function report(outcomes: readonly RowOutcome[], seconds: number, { console }: Session, json: boolean): void {
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []))
  const sum = (key: 'frames' | 'painted' | 'cached') =>
    results.reduce((total, result) => total + result[key], 0)
  const failed = outcomes.length - results.length
  const summary = {
    videos: results.length,
    failed,
    frames: sum('frames'),
    painted: sum('painted'),
    cached: sum('cached'),
    seconds,
  }
  if (json) console.print(JSON.stringify({ type: 'done', ...summary }))
  else {
    console.note(
      `${summary.videos} videos, ${failed} failed; ${summary.frames} frames (${summary.painted} painted, ${summary.cached} cached) in ${seconds.toFixed(1)} s`,
    )
  }
  if (failed > 0) process.exitCode = exitCodes.failed
}
