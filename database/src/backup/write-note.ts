import type { BackupEnd, BackupHead, FileSum, FileTitle, PartSum, PartTitle } from './backup-format.ts'
import { type FrameKind, packFrames } from './frames.ts'
import type { Write } from './write-file.ts'

/** Writes what a backup says of itself or of its parts. */
export async function writeNote(
  write: Write,
  kind: FrameKind,
  note: BackupHead | PartTitle | PartSum | FileTitle | FileSum | BackupEnd,
): Promise<void> {
  for (const bytes of packFrames(kind, Buffer.from(JSON.stringify(note)))) await write(bytes)
}
