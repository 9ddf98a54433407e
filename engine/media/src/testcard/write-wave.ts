import { writeFile } from 'node:fs/promises'

/** Writes a 16-bit WAV for tests; `sampleAt` gives the amplitude (−1 to 1) of each sample on each channel. */
export async function writeWave(
  file: string,
  seconds: number,
  sampleAt: (index: number, channel: number) => number,
  { sampleRate = 48_000, channels = 2 } = {},
): Promise<string> {
  const samples = Math.round(seconds * sampleRate)
  const data = Buffer.alloc(samples * channels * 2)
  for (let i = 0; i < samples; i++)
    for (let c = 0; c < channels; c++)
      data.writeInt16LE(
        Math.round(Math.max(-1, Math.min(1, sampleAt(i, c))) * 32_767),
        (i * channels + c) * 2,
      )
  const head = Buffer.alloc(44)
  head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(sampleRate, 24)
  head.writeUInt32LE(sampleRate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  await writeFile(file, Buffer.concat([head, data]))
  return file
}
