import { z } from 'zod'
import { procedure } from './procedure.ts'

/** Rows as JSON by column, by table of one service's schema. */
export const rowsByTable = z.record(z.string(), z.array(z.record(z.string(), z.unknown())))
export type RowsByTable = z.infer<typeof rowsByTable>

/** All that a service keeps of a user of the call's tenant, without what is secret. Every service with a schema has it. */
export const rowsOfUser = procedure('service')
  .input(z.object({ userId: z.uuid() }))
  .output(z.object({ rows: rowsByTable }))

/** Those of the ids that no row of the table has any more, of whatever tenant: other services keep them in rows of theirs. */
export const missingRows = <const Table extends string>(tables: readonly [Table, ...Table[]]) =>
  procedure('service')
    .input(z.object({ of: z.enum(tables), ids: z.array(z.guid()).max(1000) }))
    .output(z.object({ ids: z.array(z.guid()) }))
