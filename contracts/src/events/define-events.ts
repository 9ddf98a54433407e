import type { ZodObject } from 'zod'

/** One type of event. */
export interface EventDefinition {
  /** What happened, in one sentence. */
  readonly summary: string
  /** What it tells beside its subject: ids and small facts; what is secret only sealed. */
  readonly data: ZodObject
}

/** Checks the table's type and keeps its types of events as literal types. */
export function defineEvents<const Table extends Readonly<Record<string, EventDefinition>>>(
  table: Table,
): Table {
  return table
}
