import { Writable } from 'node:stream'

/** Keeps what is written to it, until it is let go: then all of it goes to our terminal, and what comes later at once. */
export function holdOutput(): { readonly output: Writable; release(): void } {
  const held: Buffer[] = []
  let isHeld = true
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      if (isHeld) held.push(chunk)
      else process.stdout.write(chunk)
      done()
    },
  })
  return {
    output,
    release() {
      isHeld = false
      for (const chunk of held.splice(0)) process.stdout.write(chunk)
    },
  }
}
