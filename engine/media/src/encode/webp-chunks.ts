/** A chunk of a RIFF file: four letters and a payload. */
export interface WebpChunk {
  readonly name: string
  readonly data: Buffer
}

/** Reads the chunks in a WebP file, or in the body of one of its frames (`riff: false`). */
export function readWebpChunks(bytes: Buffer, riff = true): WebpChunk[] {
  const chunks: WebpChunk[] = []
  for (let at = riff ? 12 : 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    chunks.push({ name: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, at + 8 + size) })
    at += 8 + size + (size & 1)
  }
  return chunks
}

/** Writes one chunk: name, length, payload, and a zero where the length is odd. */
export function writeWebpChunk(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.write(name, 'latin1')
  header.writeUInt32LE(data.length, 4)
  return Buffer.concat([header, data, Buffer.alloc(data.length & 1)])
}
