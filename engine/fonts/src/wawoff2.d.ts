declare module 'wawoff2' {
  /** Unpacks WOFF2 into TrueType or OpenType. */
  export function decompress(bytes: Uint8Array): Promise<Uint8Array>
}
