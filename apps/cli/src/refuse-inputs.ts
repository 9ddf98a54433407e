import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'

/**
 * Refuses outputs in whose place one of the inputs lies, or in whose folder of pictures; inputs are listed only when
 * there is something to lose. Errors: OUTPUT_IS_INPUT, those of listing.
 */
export async function refuseInputs(
  outputs: readonly string[],
  listInputs: () => Promise<readonly string[]> | readonly string[],
): Promise<void> {
  const taken = new Map<string, string>()
  for (const output of outputs) {
    const real = await findReal(output)
    if (real !== undefined) taken.set(real, output)
  }
  if (taken.size === 0) return
  for (const input of new Set(await listInputs())) {
    const real = await findReal(input)
    if (real === undefined) continue
    const output = taken.get(real) ?? taken.get(path.dirname(real))
    if (output !== undefined) throw new FlatRenderError('OUTPUT_IS_INPUT', { file: output, input })
  }
}

/** One name for each file, whatever links lead to it; undefined when nothing is there. */
function findReal(file: string): Promise<string | undefined> {
  return realpath(file).catch(() => undefined)
}
