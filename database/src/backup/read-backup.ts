import { createHash } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type BackupEnd,
  type BackupHead,
  type BackupSummary,
  type FileSum,
  type FileTitle,
  FORMAT,
  type PartSum,
  type PartTitle,
} from './backup-format.ts'
import { type Frame, readFrames } from './frames.ts'
import { sumFiles } from './sum-files.ts'

/** What is done with a part's rows: all of the text has to be read. Gives their number. */
export type TakePart = (title: PartTitle, text: AsyncIterable<Buffer>) => Promise<number>

/** What is done with a stored file: all of its bytes have to be read. */
export type TakeFile = (title: FileTitle, content: AsyncIterable<Buffer>) => Promise<void>

/** Who gets what is read; without takers it is only checked. */
export interface ReadOptions {
  readonly take?: TakePart | undefined
  readonly takeFile?: TakeFile | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a backup to its end and checks every sum on the way; the last one is known only when the rows have been handed
 * out. Errors: BACKUP_UNREADABLE; those of the taker.
 */
export async function readBackup(
  file: string,
  { take = skip, takeFile = skipFile, signal }: ReadOptions = {},
): Promise<BackupSummary> {
  const frames = readFrames(file, signal)
  try {
    const head = await readNote<BackupHead>(frames, 'h', file)
    if (head.flatrenderBackup !== FORMAT) throw damaged(file, 'another version of FlatRender wrote it')
    const parts: PartSum[] = []
    const files = sumFiles()
    for (;;) {
      const frame = await nextFrame(frames, file)
      if (frame.kind === 'e') {
        const end = JSON.parse(frame.payload.toString()) as BackupEnd
        if (end.head !== hashOf(head) || hashOf(end.parts) !== hashOf(parts)) throw damaged(file)
        if (hashOf(end.files) !== hashOf(files.read())) throw damaged(file)
        if ((await frames.next()).done !== true) throw damaged(file)
        return { head, parts, files: files.read() }
      }
      if (frame.kind === 't') parts.push(await readPart(frames, frame, file, take))
      else if (frame.kind === 'f') files.add(await readStored(frames, frame, file, takeFile))
      else throw damaged(file)
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
  const data = readData(frames, file)
  const rows = await take(title, data.content())
  return assertSum({ ...title, rows, sha256: data.sha256() }, data.told(), file)
}

async function readStored(
  frames: AsyncGenerator<Frame>,
  { payload }: Frame,
  file: string,
  take: TakeFile,
): Promise<FileSum> {
  const title = JSON.parse(payload.toString()) as FileTitle
  const data = readData(frames, file)
  await take(title, data.content())
  return assertSum({ ...title, bytes: data.bytes(), sha256: data.sha256() }, data.told(), file)
}

/** The data of a part, and the sum that comes after them. */
function readData(frames: AsyncGenerator<Frame>, file: string) {
  const hash = createHash('sha256')
  let bytes = 0
  let told: unknown
  async function* content() {
    for (;;) {
      const frame = await nextFrame(frames, file)
      if (frame.kind === 's') told = JSON.parse(frame.payload.toString())
      else if (frame.kind !== 'd') throw damaged(file)
      if (told !== undefined) return
      hash.update(frame.payload)
      bytes += frame.payload.length
      yield frame.payload
    }
  }
  return { content, told: () => told, bytes: () => bytes, sha256: () => hash.copy().digest('hex') }
}

function assertSum<Sum extends object>(sum: Sum, told: unknown, file: string): Sum {
  if (typeof told !== 'object' || told === null || hashOf(told) !== hashOf(sum)) throw damaged(file)
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

async function skipFile(_title: FileTitle, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of content);
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
