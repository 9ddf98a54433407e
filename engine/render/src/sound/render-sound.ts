import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Container } from '@flatrender/contracts/engine'
import type { EncodedStream } from '@flatrender/engine-media'
import { hashJson } from '@flatrender/engine-scene'
import { readSegment } from '../cache/segment-file.ts'
import { touchFile } from '../files/touch-file.ts'
import type { Workshop } from '../workspace/workshop.ts'
import type { PlannedSound } from './planned-sound.ts'
import { codecOf, DUCKING, LOUDNESS, TRUE_PEAK } from './sound-settings.ts'

/** For which file, by which build, and where. */
interface SoundOptions extends Workshop {
  readonly container: Container
  /** The engine's build: what another has mixed is not taken. */
  readonly engine: string
  /** A folder for files on the way. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/** The sound of a whole timeline, encoded; undefined where the container has none or there is nothing to hear. */
export interface RenderedSound {
  readonly stream: EncodedStream | undefined
  /** Where it lies. */
  readonly file: string | undefined
  /** Was it mixed before? */
  readonly reused: boolean
}

/**
 * Has the sound of the whole timeline mixed and encoded once; what was mixed before is taken from the workspace.
 * Errors: those of mixing, WORK_CRASHED, RENDER_CANCELLED.
 */
export async function renderSound(
  { plan, files }: PlannedSound,
  { container, engine, workspace, pool, scratch, signal }: SoundOptions,
): Promise<RenderedSound> {
  const codec = codecOf(container)
  if (codec === undefined) return { stream: undefined, file: undefined, reused: false }
  const key = hashJson({ plan, codec, engine, LOUDNESS, TRUE_PEAK, DUCKING })
  const file = path.join(workspace.sounds, `${key}.sound`)
  const read = async () => {
    const known = await readFile(file).then(readSegment, () => undefined)
    return known?.manifest.key === key ? known.stream : undefined
  }
  const known = await read()
  if (known !== undefined) {
    await touchFile(file)
    return { stream: known, file, reused: true }
  }
  const order = { plan, files: Object.fromEntries(files), container, key, scratch, output: file }
  const { heard } = await pool.run({ kind: 'sound', ...order }, { signal })
  if (!heard) return { stream: undefined, file: undefined, reused: false }
  const stream = await read()
  if (stream === undefined) throw new Error(`the sound ${key} was mixed, and cannot be read back`)
  return { stream, file, reused: false }
}
