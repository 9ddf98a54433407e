import type { Render } from '../deps.ts'
import type { KeptBatch } from './batches-store.ts'

/** A portion of work on a batch; gives the seconds after which the next one is due, if there is one. */
export type BatchStep = (render: Render, batch: KeptBatch) => Promise<number | undefined>
