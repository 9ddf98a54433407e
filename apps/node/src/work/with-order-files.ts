import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { mapAtOnce } from '@flatrender/contracts/concurrency'
import type { NodeOrder } from '@flatrender/contracts/node'
import type { OrderFiles } from '@flatrender/engine-render'
import { describeDiskFailure } from '../files/describe-disk-failure.ts'
import type { FileCache } from '../files/file-cache.ts'
import { listInputs, listOutputs, type OrderedOutput } from './list-files.ts'

/** Files that one job fetches at once. */
const AT_ONCE = 4

/** An order whose files are wanted. */
export interface OrderPlace {
  readonly cache: FileCache
  readonly order: NodeOrder
  /** A folder of its own. */
  readonly folder: string
  readonly signal: AbortSignal
}

/**
 * Gets the files of an order and makes room for what it will leave, for as long as `use` takes. Errors: those of getting files,
 * and of `use`.
 */
export async function withOrderFiles<Result>(
  { cache, order, folder, signal }: OrderPlace,
  use: (
    files: OrderFiles,
    outputs: readonly (OrderedOutput & { readonly file: string })[],
  ) => Promise<Result>,
): Promise<Result> {
  const hold = cache.hold()
  try {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw describeDiskFailure(error, folder)
    })
    const inputs = new Map<string, string>()
    await mapAtOnce(AT_ONCE, listInputs(order), async (file) => {
      inputs.set(file.hash, await hold.get(file, signal))
    })
    const outputs = listOutputs(order).map((output) => ({ ...output, file: path.join(folder, output.name) }))
    return await use({ inputs, outputs: outputs.map(({ file }) => file), scratch: folder }, outputs)
  } finally {
    hold.release()
    // A worker that is being killed may still be writing.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
