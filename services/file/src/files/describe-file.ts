import type { FileRow } from './files-store.ts'

/** Turns a file's row into what is answered. */
export function describeFile(row: FileRow) {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    contentType: row.media_type,
    bytes: Number(row.bytes),
    sha256: row.hash.toString('hex'),
    ownerId: row.owner_id,
    createdAt: row.created_at.toISOString(),
  }
}
