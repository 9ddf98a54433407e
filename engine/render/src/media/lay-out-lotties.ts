import { access } from 'node:fs/promises'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { lottieFile } from '../stage/order-writer.ts'

/** Puts compiled Lotties where workers read them, named by hash. */
export async function layOutLotties(
  lotties: ReadonlyMap<string, { readonly json: string }>,
  folder: string,
): Promise<void> {
  for (const [hash, { json }] of lotties) {
    const file = lottieFile(folder, hash)
    const isThere = await access(file).then(
      () => true,
      () => false,
    )
    if (!isThere) await writeFileAtomically(file, json)
  }
}
