import type { Render } from '../deps.ts'
import { completeAndPin } from './complete-and-pin.ts'
import {
  beginInputs,
  type CompletedInput,
  deleteInputs,
  type InputHolder,
  type InputRow,
} from './inputs-system-store.ts'

/** What came to lie in a place. */
type PutFile = Omit<CompletedInput, 'begun' | 'tenantId'>

/**
 * Names a place for a file of a tenant, has it put there and pins it for its holder; the same file that is there already is
 * taken instead. A place in which nothing was put is forgotten. Errors: those of `put` and of storing.
 */
export async function fillPlace(
  render: Render,
  tenantId: string,
  holder: InputHolder,
  put: (objectKey: string) => Promise<PutFile>,
): Promise<InputRow> {
  const { system } = render
  const [begun] = (await system.transact((transaction) => beginInputs(transaction, [tenantId]))) as [InputRow]
  const file = await put(begun.object_key).catch(async (error: unknown) => {
    // Nothing is stored unless all of it came.
    await system.transact((transaction) => deleteInputs(transaction, [begun]))
    throw error
  })
  const [row] = await completeAndPin(render, [{ ...file, tenantId, begun }], holder)
  return row!
}
