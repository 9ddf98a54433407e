/** What tests want of a database: made once for each version, then copied. */
export interface TestSchema {
  /** A hash of all that `prepare` depends on: lower-case letters and digits. */
  readonly version: string
  /** Makes an empty database ready; it is called in one process at a time. */
  prepare(ownerUrl: string): Promise<void>
  /** Roles belong to the whole server: for the same role it must always be the same. */
  passwordOf(role: string): string
}
