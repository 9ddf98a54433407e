import { placeOf, type SealedColumn, type SealedPlace, sealedPlaces } from '@flatrender/contracts/secrets'

/** A column in which something sealed stands, and how the place of each row's is read. */
export interface SealedSource {
  /** `identity.mfa_factors` */
  readonly table: string
  /** `bytea`; or JSON, in which every field whose name begins with `sealed` holds it in base64. */
  readonly column: string
  /** What is asked of each row, by the names that its place is made of. */
  readonly asked: Readonly<Record<string, string>>
  readonly place: (row: Readonly<Record<string, string | Uint8Array>>) => SealedPlace
}

/** What is no column of the same name. */
const computed: Partial<Record<SealedColumn, Readonly<Record<string, string>>>> = {
  'graphile_worker._private_jobs.payload': {
    task: '(select identifier from graphile_worker._private_tasks as task where task.id = task_id)',
    id: "payload ->> 'id'",
  },
}

/** Every column that the services seal: those of `sealedPlaces`. */
export const sealedSources: readonly SealedSource[] = (Object.keys(sealedPlaces) as SealedColumn[]).map(
  (name) => {
    const dot = name.lastIndexOf('.')
    const parts: readonly string[] = sealedPlaces[name]
    return {
      table: name.slice(0, dot),
      column: name.slice(dot + 1),
      asked: Object.fromEntries(parts.map((part) => [part, computed[name]?.[part] ?? part])),
      // Which parts belong to which column is known to the types of those who seal; here all are read alike.
      place: (row) => placeOf(name, row as Parameters<typeof placeOf>[1]),
    }
  },
)
