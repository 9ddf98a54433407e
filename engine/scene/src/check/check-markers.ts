import type { Lottie } from '../lottie/lottie-json.ts'
import { createFinding, type Finding } from './finding.ts'

/** The markers that `mapTime` stretches at. */
const KNOWN: ReadonlySet<string> = new Set(['flatrender:hold', 'flatrender:loop'])
/** Whoever writes this means us, however the rest is spelled. */
const OURS = /^flatrender\s*[:.\-_/]/i
/** A shorter loop is left out, frames. */
const SHORTEST_LOOP = 1

/**
 * Markers that are meant for us and that a stretched scene does without: misspelled, outside the composition, too
 * short, or begun before the one before has ended.
 */
export function checkMarkers({ markers = [], ip, op }: Lottie, file: string): Finding[] {
  const findings: Finding[] = []
  const spans: { marker: string; from: number; to: number }[] = []
  for (const { cm, tm, dr } of markers) {
    const marker = typeof cm === 'string' ? cm.trim() : ''
    if (!OURS.test(marker)) continue
    const data = { marker, frame: Number(tm), file }
    if (!KNOWN.has(marker)) {
      findings.push(createFinding('MARKER_UNKNOWN', 'error', data))
      continue
    }
    const from = Math.max(ip, Number(tm))
    const to = Math.min(op, Number(tm) + Math.max(0, Number(dr ?? 0)))
    const isTooShort = marker === 'flatrender:loop' && to - from < SHORTEST_LOOP
    if (!(to >= from) || isTooShort) findings.push(createFinding('MARKER_TOO_SHORT', 'error', data))
    else spans.push({ marker, from, to })
  }
  let before: (typeof spans)[number] | undefined
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    if (before === undefined || span.from >= before.to) {
      before = span
      continue
    }
    const data = { marker: span.marker, frame: span.from, before: before.marker, file }
    findings.push(createFinding('MARKERS_OVERLAP', 'error', data))
  }
  return findings
}
