import {
  assertOutputFolder,
  type PreparedRender,
  paintStill,
  type StillSource,
  type Workshop,
  writeFileAtomically,
} from '@flatrender/engine-render'
import { stillFormatOf } from './still-format.ts'

/**
 * Paints the picture that stands for a video, at the video's size; the function it gives writes it, when the video is
 * there. Errors: OUTPUT_FORMAT_UNKNOWN, OUTPUT_FOLDER_MISSING, and those of painting.
 */
export async function preparePoster(
  file: string,
  source: StillSource,
  { plan: { settings, background } }: PreparedRender,
  workshop: Workshop,
): Promise<() => Promise<void>> {
  const format = stillFormatOf(file)
  await assertOutputFolder(file)
  const ground = background ?? (format === 'jpeg' ? '#ffffff' : null)
  const { width, height } = settings
  const { data } = await paintStill(source, { format, width, height, background: ground }, workshop)
  return () => writeFileAtomically(file, data)
}
