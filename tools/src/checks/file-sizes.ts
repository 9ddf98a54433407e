import { isTest, type SourceFile } from '../repository/source-file.ts'
import type { Verdict } from './check.ts'

/** A TypeScript file longer than this is two files. */
const MOST_LINES = 400

/** Refuses long files, and says how long ours are: we aim at a median of 90 lines and a 90th percentile of 220. */
export function checkFileSizes(sources: readonly SourceFile[]): Verdict {
  const problems = sources
    .map((source) => ({ path: source.path, lines: countLines(source.text) }))
    .filter((source) => source.lines > MOST_LINES)
    .map((source) => `${source.path} has ${source.lines} lines; ${MOST_LINES} are the most`)
  const lengths = sources
    .filter((source) => !isTest(source.path))
    .map((source) => countLines(source.text))
    .sort((a, b) => a - b)
  const note = `${lengths.length} source files: median ${percentile(lengths, 0.5)} lines (aim ≤ 90), p90 ${percentile(lengths, 0.9)} (aim ≤ 220)`
  return { problems, notes: [note] }
}

/** Lines of a text, whether or not the last one ends with a line feed. */
function countLines(text: string): number {
  if (text === '') return 0
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** The smallest of the sorted values that at least this share of them does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
