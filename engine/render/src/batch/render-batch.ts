import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SlotValue } from '@flatrender/contracts/template'
import { type PreparedRender, prepareRender, type RenderRequest } from '../prepare/prepare-render.ts'
import { type RenderOptions, type RenderResult, render } from '../render.ts'
import type { RenderProgress } from '../render-progress.ts'

/** One video of a batch. */
export interface BatchRow {
  /** From 1, as a person counts them. */
  readonly row: number
  readonly output: string
  readonly values: Readonly<Record<string, SlotValue>>
  /** Why it can't be rendered, if that is known already: it is reported in its turn. */
  readonly fault?: FlatRenderError
}

/** What became of a row. */
export type RowOutcome =
  | {
      readonly row: number
      readonly output: string
      readonly result: RenderResult
      readonly texts: PreparedRender['texts']
    }
  | { readonly row: number; readonly output: string; readonly errors: readonly unknown[] }

/**
 * How a batch is rendered. `onRow` hears of every row as soon as it is done or has failed, `onProgress` of those in
 * hand.
 */
export interface BatchOptions extends Omit<RenderOptions, 'output' | 'digest' | 'onProgress'> {
  readonly onRow: (outcome: RowOutcome) => void
  readonly onProgress: (row: number, progress: RenderProgress) => void
}

/**
 * Rows in hand at once: while the workers paint one, another is compiled and a third joined. More would only hold
 * more memory.
 */
const ROWS_IN_HAND = 3

/**
 * Renders every row of a batch over one pool. Segments that rows share are painted once; a row that fails doesn't
 * stop the others. `signal` ends it all: RENDER_CANCELLED.
 */
export async function renderBatch(
  rows: readonly BatchRow[],
  request: Omit<RenderRequest, 'values'>,
  options: BatchOptions,
): Promise<RowOutcome[]> {
  const queue = rows.values()
  const outcomes: RowOutcome[] = []
  const work = async (): Promise<void> => {
    for (const row of queue) {
      if (options.signal.aborted) return
      const outcome = await renderRow(row, request, options)
      outcomes.push(outcome)
      options.onRow(outcome)
    }
  }
  await Promise.all(Array.from({ length: ROWS_IN_HAND }, work))
  if (options.signal.aborted) throw new FlatRenderError('RENDER_CANCELLED')
  return outcomes.sort((a, b) => a.row - b.row)
}

async function renderRow(
  { row, output, values, fault }: BatchRow,
  request: Omit<RenderRequest, 'values'>,
  options: BatchOptions,
): Promise<RowOutcome> {
  if (fault !== undefined) return { row, output, errors: [fault] }
  try {
    const prepared = await prepareRender({ ...request, values }, options)
    const onProgress = (progress: RenderProgress) => options.onProgress(row, progress)
    const result = await render(prepared, { ...options, output, digest: false, onProgress })
    return { row, output, result, texts: prepared.texts }
  } catch (error) {
    return { row, output, errors: error instanceof AggregateError ? error.errors : [error] }
  }
}
