import { readFileSync } from 'node:fs'

/** The compiled `kernel/convert-pixels.ts`; addresses are byte offsets into the memory given to it. */
export interface PixelKernel {
  convertRows(
    rgba: number,
    luma: number,
    cb: number,
    cr: number,
    width: number,
    rows: number,
    lumaStride: number,
    chromaStride: number,
  ): void
  unpremultiply(rgba: number, pixels: number): void
}

let compiled: WebAssembly.Module | undefined

/** Instantiates the SIMD kernel over a memory; the module is compiled once a process. */
export function loadKernel(memory: WebAssembly.Memory): PixelKernel {
  compiled ??= new WebAssembly.Module(
    readFileSync(new URL('../../kernel/convert-pixels.wasm', import.meta.url)),
  )
  const instance = new WebAssembly.Instance(compiled, { env: { memory } })
  return instance.exports as unknown as PixelKernel
}

/** A fixed WebAssembly memory of at least so many bytes, plus room for an encoder's reads past a row's end. */
export function allocateMemory(bytes: number): WebAssembly.Memory {
  const page = 65_536
  return new WebAssembly.Memory({ initial: Math.ceil((bytes + 4096) / page) })
}
