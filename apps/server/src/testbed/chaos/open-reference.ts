import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { openEngineAlone } from '../render-alone.ts'
import type { Wish } from './customers.ts'

/** The engine alone, without a farm: what it makes is what is right. */
export interface Reference {
  /** SHA-256 of the file that this wish gives, hexadecimal. */
  hashOf(wish: Wish): Promise<string>
  close(): Promise<void>
}

/** Opens the engine over a folder; what was asked for once is known. */
export async function openReference(folder: string): Promise<Reference> {
  await mkdir(folder, { recursive: true })
  const engine = await openEngineAlone(folder)
  const known = new Map<string, string>()
  return {
    async hashOf(wish) {
      const key = JSON.stringify(wish)
      const hash =
        known.get(key) ??
        createHash('sha256')
          .update(await engine.render(wish))
          .digest('hex')
      known.set(key, hash)
      return hash
    },
    close: engine.close,
  }
}
