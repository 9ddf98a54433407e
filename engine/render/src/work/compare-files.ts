import { readFile } from 'node:fs/promises'
import { readSegment } from '../cache/segment-file.ts'
import { compareSegments } from '../verify/compare-segments.ts'
import type { CompareOrder, WorkResult } from './work.ts'

/** Compares each of the segments but the last with that; what is no segment shows nothing that another does. */
export async function compareFiles({ files }: CompareOrder): Promise<WorkResult<'compare'>> {
  const segments = await Promise.all(files.map(async (file) => readSegment(await readFile(file))))
  const last = segments.at(-1)
  return { beside: segments.slice(0, -1).map((segment) => compareSegments(segment, last)) }
}
