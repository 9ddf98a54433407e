import { FlatRenderError } from '@flatrender/contracts/errors'

/** Throws RENDER_CANCELLED once nobody waits for the sound any more. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new FlatRenderError('RENDER_CANCELLED')
}
