import { open } from 'node:fs/promises'
import { translateWriteError } from './throw-on-write-error.ts'

/** Appends bytes to a file, and can mend what it wrote. */
export interface ByteWriter {
  write(bytes: Buffer): Promise<void>
  writeAt(bytes: Buffer, position: number): Promise<void>
  /** Bytes appended so far. */
  size(): number
  close(): Promise<void>
}

/** Creates or empties a file. Its errors are those of `muxVideo`. */
export async function openByteWriter(file: string): Promise<ByteWriter> {
  const handle = await guard(file, () => open(file, 'w'))
  let size = 0
  const put = async (bytes: Buffer, position: number) => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await guard(file, () => handle.write(bytes, done, null, position + done))
      done += bytesWritten
    }
  }
  return {
    async write(bytes) {
      await put(bytes, size)
      size += bytes.length
    },
    writeAt: put,
    size: () => size,
    close: () => guard(file, () => handle.close()),
  }
}

async function guard<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw translateWriteError(error, file)
  }
}
