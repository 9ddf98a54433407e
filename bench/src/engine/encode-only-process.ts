// A child of the bench: holds converted frames of an animation in memory and encodes them when told.
import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { VideoSettings } from '@flatrender/contracts/engine'
import { createFrameConverter, type FrameConverter, openEncoder, openPainter } from '@flatrender/engine-media'

/** What one encoding process encodes: frames of a Lottie, painted and converted before the clock starts. */
export interface EncodeOnlyOrder {
  readonly lottieFile: string
  readonly settings: VideoSettings
  readonly from: number
  readonly to: number
}

const [orderJson = ''] = process.argv.slice(2)
const { lottieFile, settings, from, to } = JSON.parse(orderJson) as EncodeOnlyOrder
const { width, height } = settings
const lottie = await readFile(lottieFile, 'utf8')
const painter = openPainter({ lottie, width, height, background: '#ffffff', resourcePath: '.' })
// A frame's planes lie in its converter's memory: the converter has to live as long as the frame is used.
const held: { converter: FrameConverter; frame: ReturnType<FrameConverter['convert']> }[] = []
for (let index = from; index < to; index++) {
  const converter = createFrameConverter(settings)
  held.push({ converter, frame: converter.convert(painter.paint(index)) })
  await setImmediate()
}

process.on('message', async ({ threads }: { threads: number }) => {
  const begun = performance.now()
  const encoder = openEncoder(settings, { threads })
  for (const [index, { frame }] of held.entries()) await encoder.encode(frame, index)
  const { packets } = await encoder.finish()
  encoder.close()
  process.send?.({ seconds: (performance.now() - begun) / 1000, packets: packets.length })
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
