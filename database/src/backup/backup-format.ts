/** Number of the form described here and in `frames.ts`; another form gets another number. */
export const FORMAT = 2

/** What a backup says of itself, before anything else. */
export interface BackupHead {
  /** Always `FORMAT`. */
  readonly flatrenderBackup: number
  /** The version of FlatRender that wrote it. */
  readonly version: string
  /** When its snapshot was taken, ISO 8601. */
  readonly takenAt: string
  /** Names the secret key of the installation without telling it, hexadecimal. */
  readonly keyId: string
  /** The migrations of the database: name → SHA-256 of the file, hexadecimal. */
  readonly migrations: Readonly<Record<string, string>>
  /** The number of the queue’s own last migration. */
  readonly queue: number
}

/** Comes before the rows of a table. A table whose rows several roles hold comes several times. */
export interface PartTitle {
  /** `identity.users` */
  readonly table: string
  readonly columns: readonly string[]
}

/** Comes after the rows. */
export interface PartSum extends PartTitle {
  readonly rows: number
  /** SHA-256 of what COPY wrote, hexadecimal. */
  readonly sha256: string
}

/** Comes before the bytes of a stored file; those come after all tables. */
export interface FileTitle {
  readonly key: string
  readonly contentType: string
}

/** Comes after its bytes. */
export interface FileSum extends FileTitle {
  readonly bytes: number
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string
}

/** All stored files of a backup: there may be too many of them to name. */
export interface FilesSum {
  readonly count: number
  readonly bytes: number
  /** SHA-256 over the sums of all files in their order, as JSON, hexadecimal. */
  readonly sha256: string
}

/** Comes last: a backup without it is torn. */
export interface BackupEnd {
  /** SHA-256 of the head, hexadecimal. */
  readonly head: string
  readonly parts: readonly PartSum[]
  readonly files: FilesSum
}

/** What is known of a backup that was read to its end and found whole. */
export interface BackupSummary {
  readonly head: BackupHead
  readonly parts: readonly PartSum[]
  readonly files: FilesSum
}
