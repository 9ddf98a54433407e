/** A table of a service's own with rows of people. */
export interface PersonalTable {
  /** In the service's schema. */
  readonly table: string
  /** The column that says whose a row is. */
  readonly by: string
  /** What an export leaves out: secrets, hashes of them, and what only a machine can read. */
  readonly hides: readonly string[]
  /** What becomes of the rows when their person is deleted: books and logs stay, with ids alone, and without addresses. */
  readonly atEnd: 'deleted' | 'kept'
}

/** Every table of a schema with rows of people, once for each column that says so. */
export interface PersonalTables {
  readonly schema: string
  readonly tables: readonly PersonalTable[]
}

/** A user by id. */
export interface Person {
  readonly tenantId: string
  readonly userId: string
}

/** Writes a table down in one line. */
export function personal(
  table: string,
  by: string,
  atEnd: PersonalTable['atEnd'],
  hides: readonly string[] = [],
): PersonalTable {
  return { table, by, hides, atEnd }
}
