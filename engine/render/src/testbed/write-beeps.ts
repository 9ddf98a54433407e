import { writeFile } from 'node:fs/promises'

const RATE = 48_000

/** Writes a mono WAV that beeps at the beginning of every second, for `length` of it. */
export async function writeBeeps(file: string, seconds: number, length = 0.2): Promise<void> {
  const data = Buffer.alloc(RATE * seconds * 2)
  for (let at = 0; at < RATE * seconds; at++) {
    const beeps = at % RATE < RATE * length
    data.writeInt16LE(beeps ? Math.round(20_000 * Math.sin((at * 2 * Math.PI * 880) / RATE)) : 0, at * 2)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  await writeFile(file, Buffer.concat([head, data]))
}
