/** Passes on what arrives, up to a number of bytes. Errors: what `fail` gives beyond that, which ends the stream too. */
export async function* limitBytes(
  stream: AsyncIterable<Uint8Array>,
  largest: number,
  fail: () => Error = () => new Error(`its answer is larger than ${largest} bytes`),
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const part of stream) {
    bytes += part.byteLength
    if (bytes > largest) throw fail()
    yield part
  }
}
