import { describeMachine, type Machine } from '../report/describe-machine.ts'
import { lottieNames } from './bench-files.ts'
import { type BatchMeasurement, measureBatch } from './measure-batch.ts'
import { type ChangeMeasurement, measureChange } from './measure-change.ts'
import { type LottieMeasurement, measureLottie } from './measure-lottie.ts'
import { type MemoryMeasurement, measureMemory } from './measure-memory.ts'
import { measureRemotion } from './measure-remotion.ts'
import { measureSnapshot, type SnapshotMeasurement } from './measure-snapshot.ts'
import { measureTemplate, type TemplateMeasurement, templateNames } from './measure-template.ts'

/** What can be measured by itself, in the order in which it is. */
export const parts = ['lottie', 'remotion', 'templates', 'change', 'batch', 'memory', 'snapshot'] as const
export type Part = (typeof parts)[number]

/** Everything measured in one run. What was not asked for, or can't be measured here, is absent. */
export interface EngineReport {
  readonly machine: Machine
  readonly date: string
  readonly files: readonly (Partial<LottieMeasurement> & {
    readonly file: string
    readonly remotionRatio?: number
  })[]
  readonly templates?: readonly TemplateMeasurement[]
  readonly change?: ChangeMeasurement
  readonly batch?: BatchMeasurement
  readonly memory?: readonly MemoryMeasurement[]
  readonly snapshot?: SnapshotMeasurement
  readonly notes: readonly string[]
}

/** How often a comparison is repeated, what is measured, and who is told meanwhile. */
export interface EngineBenchOptions {
  readonly rounds: number
  readonly only: readonly Part[]
  readonly note: (text: string) => void
}

/** Measures every part that is asked for, one after the other, so that nothing disturbs it. */
export async function measureEngine({ rounds, only, note }: EngineBenchOptions): Promise<EngineReport> {
  const wants = (part: Part) => only.includes(part)
  const notes: string[] = []
  const files: EngineReport['files'][number][] = []
  for (const name of lottieNames) {
    if (!wants('lottie') && !wants('remotion')) break
    let entry: EngineReport['files'][number] = { file: name }
    if (wants('lottie')) {
      note(`${name}: end to end and encode-only, ${rounds} rounds`)
      entry = { ...entry, ...(await measureLottie(name, rounds)) }
    }
    if (wants('remotion')) {
      note(`${name}: beside Remotion`)
      const compared = await measureRemotion(name, rounds)
      if ('skipped' in compared) notes.push(`Remotion was skipped: ${compared.skipped}`)
      else entry = { ...entry, remotionRatio: compared.remotionRatio }
    }
    files.push(entry)
  }
  const templates: TemplateMeasurement[] = []
  for (const name of wants('templates') ? templateNames : []) {
    note(`${name}: end to end`)
    templates.push(await measureTemplate(name, rounds))
  }
  const take = async <Result>(part: Part, measure: () => Promise<Result>): Promise<Result | undefined> => {
    if (!wants(part)) return undefined
    note(part)
    return measure()
  }
  const change = await take('change', () => measureChange(rounds))
  const batch = await take('batch', measureBatch)
  const memory = await take('memory', measureMemory)
  const snapshot = await take('snapshot', () => measureSnapshot(Math.max(5, rounds)))
  return {
    machine: describeMachine(),
    date: new Date().toISOString().slice(0, 10),
    files,
    ...(templates.length > 0 && { templates }),
    ...(change && { change }),
    ...(batch && { batch }),
    ...(memory && { memory }),
    ...(snapshot && { snapshot }),
    notes: [...new Set(notes)],
  }
}
