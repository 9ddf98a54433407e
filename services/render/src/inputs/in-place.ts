import { FlatRenderError } from '@flatrender/contracts/errors'
import type { MediaUse } from '@flatrender/engine-scene'

/** Where a story names each of its files first, by `src`. */
export function listPlaces(uses: readonly MediaUse[]): Map<string, MediaUse> {
  return new Map(uses.toReversed().map((use) => [use.src, use]))
}

/** Does something about a file that a story names; an expected failure says where in the story that is. */
export async function inPlace<Result>({ at }: MediaUse, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FlatRenderError)) throw error
    throw new FlatRenderError(error.code, { ...error.data, ...at }, { cause: error })
  }
}
