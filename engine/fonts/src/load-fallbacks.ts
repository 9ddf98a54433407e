import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FallbackId, FallbackRequest, FontSource } from '@flatrender/engine-scene'
import { fallbackPackages } from './fallback-packages.ts'
import { readFont } from './load-font.ts'
import { readCoverage } from './read-coverage.ts'
import { parseUnicodeRanges, type UnicodeRanges } from './unicode-ranges.ts'

/** One file of a fallback font. */
interface Subset {
  readonly id: FallbackId
  readonly path: string
  readonly ranges: UnicodeRanges | undefined
}

interface LoadedSubset {
  readonly source: FontSource
  readonly coverage: ReadonlySet<number>
}

const subsetsById = new Map<FallbackId, Promise<Subset[]>>()
const loadedByPath = new Map<string, Promise<LoadedSubset>>()

/**
 * Loads the files that the requests need: for each grapheme cluster the first candidate that has it. Files stay in
 * memory, unpacked. The result is ordered and free of repeats; characters that no candidate has load nothing.
 */
export async function loadFallbacks(requests: readonly FallbackRequest[]): Promise<FontSource[]> {
  const chosen = new Map<string, FontSource>()
  for (const request of requests) {
    for (const cluster of request.clusters) {
      for (const { path, source } of await findSubsets(request.candidates, cluster)) chosen.set(path, source)
    }
  }
  return [...chosen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source)
}

/** A file with the whole cluster if there is one, else those that have parts of it. */
async function findSubsets(
  candidates: readonly FallbackId[],
  cluster: string,
): Promise<{ path: string; source: FontSource }[]> {
  const codePoints = [...new Set([...cluster, ...cluster.normalize('NFC')])].map(
    (c) => c.codePointAt(0) as number,
  )
  const needed = codePoints.filter((codePoint) => !isJoiner(codePoint))
  const wanted = needed.length > 0 ? needed : codePoints
  for (const id of candidates) {
    const partial: { path: string; source: FontSource; count: number; joiners: number }[] = []
    for (const subset of await listSubsets(id)) {
      if (subset.ranges !== undefined && !wanted.some((codePoint) => subset.ranges?.has(codePoint))) continue
      const { source, coverage } = await loadSubset(subset)
      const count = wanted.filter((codePoint) => coverage.has(codePoint)).length
      const joiners = codePoints.filter((codePoint) => coverage.has(codePoint)).length
      if (count > 0) partial.push({ path: subset.path, source, count, joiners })
    }
    if (partial.length === 0) continue
    partial.sort((a, b) => b.count - a.count || b.joiners - a.joiners || (a.path < b.path ? -1 : 1))
    const best = partial[0]
    const original = [...cluster].filter((c) => !isJoiner(c.codePointAt(0) as number)).length
    return best !== undefined && best.count >= Math.min(original, wanted.length) ? [best] : partial
  }
  return []
}

function isJoiner(codePoint: number): boolean {
  return codePoint === 0x200d || codePoint === 0x200c || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
}

function listSubsets(id: FallbackId): Promise<Subset[]> {
  const known = subsetsById.get(id)
  if (known !== undefined) return known
  const listed = readSubsets(id)
  subsetsById.set(id, listed)
  return listed
}

async function readSubsets(id: FallbackId): Promise<Subset[]> {
  const { name, file, undeclared } = fallbackPackages[id]
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const declared = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  return Object.entries(declared).map(([subset, ranges]) => ({
    id,
    path: join(folder, 'files', file.replace('*', subset.replace(/[[\]]/g, ''))),
    ranges: undeclared ? undefined : parseUnicodeRanges(ranges),
  }))
}

function loadSubset(subset: Subset): Promise<LoadedSubset> {
  const known = loadedByPath.get(subset.path)
  if (known !== undefined) return known
  const loading = readFile(subset.path).then(async (bytes) => {
    const description = { family: subset.id, style: 'normal', weight: 400 }
    const source = await readFont(bytes, subset.id, description)
    return { source: { ...source, fallback: subset.id }, coverage: readCoverage(source.bytes) }
  })
  loadedByPath.set(subset.path, loading)
  return loading
}
