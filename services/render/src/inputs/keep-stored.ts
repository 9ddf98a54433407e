import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import {
  beginInputs,
  deleteInputs,
  type InputHolder,
  type InputName,
  type InputRow,
  pinInputs,
  useReadyInputs,
} from './inputs-system-store.ts'
import { completeAndPin } from './keep-input.ts'

/** A file that lies somewhere in the storage, where others may remove it. */
export interface StoredInput extends InputName {
  readonly bytes: number
  readonly objectKey: string
}

/**
 * Keeps a stored file for nodes, by content, as long as its holder counts on it: one that isn't kept yet is copied. Undefined
 * where it is gone. Errors: those of storing.
 */
export async function keepStored(
  render: Render,
  { objectKey, bytes, ...name }: StoredInput,
  holder: InputHolder,
): Promise<InputRow | undefined> {
  const { system, storage } = render
  const known = await system.transact(async (transaction) => {
    const [found] = await useReadyInputs(transaction, [name])
    if (found !== undefined) await pinInputs(transaction, [found], holder)
    return found
  })
  if (known !== undefined) return known
  const [begun] = (await system.transact((transaction) => beginInputs(transaction, [name.tenantId]))) as [
    InputRow,
  ]
  try {
    await storage.copy(objectKey, begun.object_key)
  } catch (error) {
    if (!isFlatRenderError(error, 'STORED_FILE_MISSING')) throw error
    await system.transact((transaction) => deleteInputs(transaction, [begun]))
    return undefined
  }
  const [kept] = await completeAndPin(render, [{ ...name, begun, bytes }], holder)
  return kept
}
