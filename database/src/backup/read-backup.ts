import { createHash } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type BackupEnd,
  type BackupHead,
  type BackupSummary,
  FORMAT,
  type PartSum,
  type PartTitle,
} from './backup-format.ts'
import { type Frame, readFrames } from './frames.ts'

/** What is done with a part's rows: all of the text has to be read. Gives their number. */
export type TakePart = (title: PartTitle, text: AsyncIterable<Buffer>) => Promise<number>

/**
 * Reads a backup to its end and checks every sum on the way; the last one is known only when the rows have been handed
 * out. Errors: BACKUP_UNREADABLE; those of the taker.
 */
export async function readBackup(
  file: string,
  take: TakePart = skip,
  signal?: AbortSignal,
): Promise<BackupSummary> {
  const frames = readFrames(file, signal)
  try {
    const head = await readNote<BackupHead>(frames, 'h', file)
    if (head.flatrenderBackup !== FORMAT) throw damaged(file, 'another version of FlatRender wrote it')
    const parts: PartSum[] = []
    for (;;) {
      const frame = await nextFrame(frames, file)
      if (frame.kind === 'e') {
        const end = JSON.parse(frame.payload.toString()) as BackupEnd
        if (end.head !== hashOf(head) || hashOf(end.parts) !== hashOf(parts)) throw damaged(file)
        if ((await frames.next()).done !== true) throw damaged(file)
        return { head, parts }
      }
      if (frame.kind !== 't') throw damaged(file)
      parts.push(await readPart(frames, frame, file, take))
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(file)
    throw error
  } finally {
    await frames.return(undefined)
  }
}

async function readPart(
  frames: AsyncGenerator<Frame>,
  { payload }: Frame,
  file: string,
  take: TakePart,
): Promise<PartSum> {
  const title = JSON.parse(payload.toString()) as PartTitle
  const hash = createHash('sha256')
  let told: PartSum | undefined
  const text = async function* () {
    for (;;) {
      const frame = await nextFrame(frames, file)
      if (frame.kind === 's') told = JSON.parse(frame.payload.toString()) as PartSum
      else if (frame.kind !== 'd') throw damaged(file)
      if (told !== undefined) return
      hash.update(frame.payload)
      yield frame.payload
    }
  }
  const rows = await take(title, text())
  const sum = { ...title, rows, sha256: hash.digest('hex') }
  if (told === undefined || hashOf(told) !== hashOf(sum)) throw damaged(file)
  return sum
}

/** A row of COPY's text is a line; a line break within a value is written as two letters. */
async function skip(_title: PartTitle, text: AsyncIterable<Buffer>): Promise<number> {
  const LINE_BREAK = 10
  let rows = 0
  for await (const chunk of text)
    for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, at + 1)) rows++
  return rows
}

async function readNote<Note>(frames: AsyncGenerator<Frame>, kind: 'h', file: string): Promise<Note> {
  const frame = await nextFrame(frames, file)
  if (frame.kind !== kind) throw damaged(file)
  return JSON.parse(frame.payload.toString()) as Note
}

async function nextFrame(frames: AsyncGenerator<Frame>, file: string): Promise<Frame> {
  const { value, done } = await frames.next()
  if (done === true) throw damaged(file, 'it ends in the middle')
  return value as Frame
}

function hashOf(note: object): string {
  return createHash('sha256').update(JSON.stringify(note)).digest('hex')
}

function damaged(file: string, reason = 'it is damaged'): FlatRenderError {
  return new FlatRenderError('BACKUP_UNREADABLE', { file, reason })
}
