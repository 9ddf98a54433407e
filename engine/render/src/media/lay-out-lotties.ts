import { touchFile } from '../files/touch-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { lottieFile } from '../stage/order-writer.ts'

/** Puts compiled Lotties where workers read them, named by hash. */
export async function layOutLotties(
  lotties: ReadonlyMap<string, { readonly json: string }>,
  folder: string,
): Promise<void> {
  for (const [hash, { json }] of lotties) {
    const file = lottieFile(folder, hash)
    if (!(await touchFile(file))) await writeFileAtomically(file, json)
  }
}
