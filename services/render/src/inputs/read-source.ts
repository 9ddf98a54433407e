/** Where a `src` of a story leads. */
export type MediaSource =
  | { readonly kind: 'file'; readonly id: string }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'package'; readonly path: string }
  | { readonly kind: 'unknown' }

const FILE = /^file:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Reads a `src`: `file:` and an id, an address of the web, or `package:` and a path; nothing else is reached from here. */
export function readSource(src: string): MediaSource {
  const id = FILE.exec(src)?.[1]
  if (id !== undefined) return { kind: 'file', id: id.toLowerCase() }
  if (/^https?:\/\//i.test(src)) return { kind: 'address', url: src }
  if (src.startsWith('package:')) return { kind: 'package', path: src.slice('package:'.length) }
  return { kind: 'unknown' }
}
