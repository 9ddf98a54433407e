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

/** The little of WebAssembly that we use; its types come with a browser's library, which is not ours. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { initial: number }) => KernelMemory
}
const { Instance, Memory, Module } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly

/** Memory that the kernel works in, in pages of 64 KiB; it never grows, so its buffer stays. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
}

let compiled: object | undefined

/** Instantiates the SIMD kernel over a memory; the module is compiled once a process. */
export function loadKernel(memory: KernelMemory): PixelKernel {
  compiled ??= new Module(readFileSync(new URL('../../kernel/convert-pixels.wasm', import.meta.url)))
  const instance = new Instance(compiled, { env: { memory } })
  return instance.exports as PixelKernel
}

/** A fixed WebAssembly memory of at least so many bytes, plus room for an encoder's reads past a row's end. */
export function allocateMemory(bytes: number): KernelMemory {
  const page = 65_536
  return new Memory({ initial: Math.ceil((bytes + 4096) / page) })
}
