import type { InputFile, TemplateFile } from '@flatrender/contracts/node'

/** A file that is held by what it holds. */
export interface CachedFile {
  /** SHA-256 of the file. */
  readonly hash: string
  /** Of a template: names it however it is packed. */
  readonly contentHash?: string
  /** With its dot; empty where nobody knows. */
  readonly extension: string
}

/** A file of an order, as the cache names it. What a person's file was called may be anything: only letters and digits stay. */
export function describeInput(file: InputFile | TemplateFile): CachedFile {
  if ('contentHash' in file) return { hash: file.hash, contentHash: file.contentHash, extension: '.lottie' }
  const extension = file.extension.toLowerCase()
  return { hash: file.hash, extension: /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : '' }
}

/** Where a cached file lies: the parts of its path in the cache's folder, good on every file system. */
export function placeOf({ hash, contentHash, extension }: CachedFile): [folder: string, name: string] {
  const name = contentHash === undefined ? hash : `${contentHash}-${hash}`
  return [name.slice(0, 2), `${name}${extension}`]
}

/** What a name in the cache's folder says; undefined for a file that isn't ours. */
export function readPlace(name: string): CachedFile | undefined {
  const [, contentHash, hash, extension] =
    /^(?:([0-9a-f]{64})-)?([0-9a-f]{64})(\.[a-z0-9]{1,8})?$/.exec(name) ?? []
  if (hash === undefined) return undefined
  return { hash, extension: extension ?? '', ...(contentHash !== undefined && { contentHash }) }
}
