import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { fillPlace } from './fill-place.ts'
import {
  type InputHolder,
  type InputName,
  type InputRow,
  pinInputs,
  useReadyInputs,
} from './inputs-system-store.ts'

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
  const known = await render.system.transact(async (transaction) => {
    const [found] = await useReadyInputs(transaction, [name])
    if (found !== undefined) await pinInputs(transaction, [found], holder)
    return found
  })
  if (known !== undefined) return known
  try {
    return await fillPlace(render, name.tenantId, holder, async (key) => {
      await render.storage.copy(objectKey, key)
      return { hash: name.hash, extension: name.extension, bytes }
    })
  } catch (error) {
    if (isFlatRenderError(error, 'STORED_FILE_MISSING')) return undefined
    throw error
  }
}
