import type { Render } from '../deps.ts'
import { ensureProbes } from './ensure-probes-system-store.ts'
import type { MediaFile } from './media-file.ts'
import { findProbes, type Probe, probeKey } from './probes-store.ts'

/**
 * What is known of these files, by `probeKey`; for those that nobody looked at yet a node is asked to. Where all are known, as
 * they mostly are, that is one question.
 */
export async function lookAtFiles(
  { system }: Render,
  files: readonly MediaFile[],
  asker: Parameters<typeof ensureProbes>[2],
): Promise<Map<string, Probe>> {
  if (files.length === 0) return new Map()
  const known = await system.ask((transaction) => findProbes(transaction, files))
  if (files.every((file) => known.has(probeKey(file)))) return known
  return system.transact((transaction) => ensureProbes(transaction, files, asker))
}
