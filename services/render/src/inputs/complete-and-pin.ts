import type { Render } from '../deps.ts'
import {
  type CompletedInput,
  completeInputs,
  deleteInputs,
  type InputHolder,
  type InputRow,
  pinInputs,
} from './inputs-system-store.ts'

/** A file that lies in the place that was named for it. */
interface PlacedInput extends CompletedInput {
  readonly begun: InputRow
}

/** Says that files are there, and pins them; what others have stored meanwhile is taken instead. */
export async function completeAndPin(
  { system, storage }: Render,
  placed: readonly PlacedInput[],
  holder: InputHolder,
): Promise<InputRow[]> {
  if (placed.length === 0) return []
  const kept = await system.transact(async (transaction) => {
    const rows = await completeInputs(transaction, placed)
    await pinInputs(transaction, rows, holder)
    return rows
  })
  for (const [index, { begun }] of placed.entries()) {
    if (kept[index]!.id === begun.id) continue
    await storage.delete(begun.object_key)
    await system.transact((transaction) => deleteInputs(transaction, [begun]))
  }
  return kept
}
