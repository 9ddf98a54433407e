import type { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type BatchRow,
  type RowOutcome,
  renderBatch,
  type StoryRequest,
  type Workspace,
} from '@flatrender/engine-render'
import type { Command } from 'commander'
import { openEngine } from '../engine.ts'
import { exitCodes } from '../exit-code.ts'
import { listInputs } from '../list-inputs.ts'
import { createBatchReporter } from '../output/batch-reporter.ts'
import { createTextNoter } from '../output/text-notes.ts'
import { readBatch } from '../read-batch.ts'
import { readRequest } from '../read-request.ts'
import { refuseInputs } from '../refuse-inputs.ts'
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
    .option('--json', 'progress, findings and rows as JSON lines')
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
  const json = options.json === true
  const noteTexts = createTextNoter(console, json)
  const request = await readRequest(location, options)
  const rows = await readBatch(file, options.output, request)
  const output = chooseOutput(options.output, options)
  const reporter = createBatchReporter(rows.length, console, json)
  const engine = await openEngine(session)
  const begun = performance.now()
  try {
    await refuseInputs(
      rows.map((row) => row.output),
      () => listBatchInputs(location, file, options, request, rows, engine.workspace),
    )
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
        onProgress: reporter.progress,
        onRow: (outcome) => {
          reporter.end(outcome.row)
          tellRow(outcome, session, json)
          if ('result' in outcome) noteTexts(outcome.texts, outcome.row)
        },
      },
    )
    console.status('')
    report(outcomes, (performance.now() - begun) / 1000, session, json)
  } finally {
    await engine.close()
  }
}

async function listBatchInputs(
  location: string,
  file: string,
  options: DataOptions,
  request: StoryRequest,
  rows: readonly BatchRow[],
  workspace: Workspace,
): Promise<string[]> {
  const inputs = rows.map(({ values }) =>
    // A row that is wrong fails by itself, and then writes nothing.
    listInputs(location, options, { ...request, values }, workspace).catch(() => []),
  )
  return [file, ...(await Promise.all(inputs)).flat()]
}

function tellRow(outcome: RowOutcome, { console }: Session, json: boolean): void {
  const { row, output } = outcome
  if ('result' in outcome) {
    if (json) console.print(JSON.stringify({ type: 'row', row, ...outcome.result }))
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
