import { open } from 'node:fs/promises'
import { blockSamples, bytesASample } from './audio-format.ts'

/** Reads raw interleaved floats, a tenth of a second at a time. */
export async function* readSoundFile(file: string): AsyncGenerator<Float32Array> {
  const handle = await open(file)
  try {
    for (;;) {
      const bytes = Buffer.from(new ArrayBuffer(blockSamples * bytesASample))
      const { bytesRead } = await handle.read(bytes, 0, bytes.length)
      const samples = Math.floor(bytesRead / bytesASample)
      if (samples === 0) return
      yield new Float32Array(bytes.buffer, 0, samples * 2)
    }
  } finally {
    await handle.close()
  }
}
