import type { Writable } from 'node:stream'

/** Waits until a stream takes more, or takes nothing ever again. */
export function waitForDrain(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stream.off('drain', go).off('close', go)
      resolve()
    }
    stream.on('drain', go).on('close', go)
  })
}
