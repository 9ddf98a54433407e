import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import {
  beginInput,
  completeInput,
  deleteInputs,
  findReadyInput,
  type InputName,
  type InputRow,
  pinInputs,
} from './inputs-system-store.ts'
import type { InputUser } from './keep-input.ts'

/** A file that lies somewhere in the storage, where others may remove it. */
export interface StoredInput extends InputName {
  readonly bytes: number
  readonly objectKey: string
}

/**
 * Keeps a stored file for nodes, by content, as long as its user counts on it: one that isn't kept yet is copied. Undefined
 * where it is gone. Errors: those of storing.
 */
export async function keepStored(
  { system, storage }: Render,
  { objectKey, bytes, ...name }: StoredInput,
  user: InputUser,
): Promise<InputRow | undefined> {
  const known = await system.transact(async (transaction) => {
    const found = await findReadyInput(transaction, name)
    if (found !== undefined) await pinInputs(transaction, [found], user)
    return found
  })
  if (known !== undefined) return known
  const begun = await system.transact((transaction) => beginInput(transaction, name.tenantId))
  const forget = () => system.transact((transaction) => deleteInputs(transaction, [begun]))
  try {
    await storage.copy(objectKey, begun.object_key)
  } catch (error) {
    if (!isFlatRenderError(error, 'STORED_FILE_MISSING')) throw error
    await forget()
    return undefined
  }
  const kept = await system.transact(async (transaction) => {
    const row = await completeInput(transaction, begun, { ...name, bytes })
    await pinInputs(transaction, [row], user)
    return row
  })
  if (kept.id !== begun.id) {
    await storage.delete(begun.object_key)
    await forget()
  }
  return kept
}
