import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import type { FoundMedia } from './find-media.ts'
import { holdFile } from './hold-file.ts'

/** Keeps all files of somebody's that a fresh render names from being deleted while it needs them. */
export async function holdFiles(
  render: Render,
  name: { readonly tenantId: string; readonly renderId: string },
  { files }: FoundMedia,
): Promise<void> {
  for (const { fileId } of files.values())
    if (fileId !== undefined) await holdFile(render, name, fileId).catch(leaveToPlanning)
}

/** Deleted since it was looked at: the render fails with it, as it does where this process ends before it held anything. */
function leaveToPlanning(error: unknown): void {
  if (!isFlatRenderError(error, 'FILE_UNKNOWN')) throw error
}
