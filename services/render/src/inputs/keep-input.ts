import { createHash } from 'node:crypto'
import { fetchToStorage } from '@flatrender/platform/outbound'
import type { Render } from '../deps.ts'
import {
  beginInput,
  completeInput,
  deleteInputs,
  findReadyInput,
  type InputRow,
  pinInputs,
} from './inputs-system-store.ts'
import { extensionOf } from './media-file.ts'

/** Bounds of what is fetched from elsewhere. */
const MOST_BYTES = 1024 ** 3
const IDLE_SECONDS = 15
const TOTAL_SECONDS = 600

/** For which render a file is kept. */
export interface InputUser {
  readonly tenantId: string
  readonly renderId: string
}

/** Whose it is, and what. */
export interface NewInput {
  readonly tenantId: string
  readonly content: Uint8Array
  readonly extension: string
  readonly contentType: string
}

/** Stores a file for nodes, unless it is there, and pins it for a render. Errors: those of storing. */
export async function keepInput(
  render: Render,
  { tenantId, content, extension, contentType }: NewInput,
  user: InputUser,
): Promise<InputRow> {
  const hash = createHash('sha256').update(content).digest('hex')
  const name = { tenantId, hash, extension }
  const { known, begun } = await render.system.transact(async (transaction) => {
    const found = await findReadyInput(transaction, name)
    if (found === undefined) return { begun: await beginInput(transaction, tenantId) }
    await pinInputs(transaction, [found], user)
    return { known: found }
  })
  if (known !== undefined) return known
  const bytes = content.byteLength
  await render.storage.put(begun.object_key, content, { sha256: hash, bytes, contentType })
  return complete(render, begun, { hash, extension, bytes }, user)
}

/**
 * Fetches a file from an address that a customer named, stores it and pins it for a render. Errors: ADDRESS_REFUSED,
 * ADDRESS_UNREACHABLE, DOWNLOAD_MISSING, DOWNLOAD_TOO_LARGE, DOWNLOAD_TOO_SLOW; those of storing.
 */
export async function fetchInput(
  render: Render,
  { tenantId, url, signal }: { tenantId: string; url: string; signal: AbortSignal | undefined },
  user: InputUser,
): Promise<InputRow> {
  const begun = await render.system.transact((transaction) => beginInput(transaction, tenantId))
  const { sha256, bytes, name } = await fetchToStorage(render, {
    url,
    key: begun.object_key,
    maxBytes: MOST_BYTES,
    idleSeconds: IDLE_SECONDS,
    totalSeconds: TOTAL_SECONDS,
    ...(signal && { signal }),
  }).catch(async (error: unknown) => {
    // Nothing is stored unless all of it came.
    await render.system.transact((transaction) => deleteInputs(transaction, [begun]))
    throw error
  })
  return complete(render, begun, { hash: sha256, extension: extensionOf(name), bytes }, user)
}

async function complete(
  { system, storage }: Render,
  begun: InputRow,
  file: { hash: string; extension: string; bytes: number },
  user: InputUser,
): Promise<InputRow> {
  const kept = await system.transact(async (transaction) => {
    const row = await completeInput(transaction, begun, file)
    await pinInputs(transaction, [row], user)
    return row
  })
  if (kept.id !== begun.id) {
    await storage.delete(begun.object_key)
    await system.transact((transaction) => deleteInputs(transaction, [begun]))
  }
  return kept
}
