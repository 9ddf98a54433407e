import type { Render } from '../deps.ts'
import { findUnnamed } from './orphans-system-store.ts'

/** Looked at in one go. */
const AT_ONCE = 500
/** Hours for which an address that a node was given may still bring something. */
const HOURS = 12

/**
 * Job: removes objects under `render/` that no row names, such as what a node put whose lease was over. What is younger than
 * any address that is still good is left alone.
 */
export async function removeOrphans(render: Render, now = Date.now()): Promise<void> {
  let keys: string[] = []
  for await (const { key } of render.storage.list('render/')) {
    keys.push(key)
    if (keys.length < AT_ONCE) continue
    await removeUnnamed(render, keys, now)
    keys = []
  }
  if (keys.length > 0) await removeUnnamed(render, keys, now)
}

async function removeUnnamed(
  { system, storage }: Render,
  keys: readonly string[],
  now: number,
): Promise<void> {
  const old = async (key: string) => {
    const file = await storage.head(key)
    return file !== undefined && file.modifiedAt.getTime() < now - HOURS * 3_600_000
  }
  for (const key of await system.transact((transaction) => findUnnamed(transaction, keys)))
    if (await old(key)) await storage.delete(key)
}
