import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { FoundMedia } from './find-media.ts'
import { holdFile } from './hold-file.ts'

/**
 * Keeps all files of somebody's that a fresh render names from being deleted while it needs them. It never fails: the render is
 * taken on already, and its planning holds them once more. One that was deleted since it was looked at fails it there.
 */
export async function holdFiles(render: Render, name: RenderName, { files }: FoundMedia): Promise<void> {
  for (const { fileId } of files.values())
    if (fileId !== undefined)
      await holdFile(render, name, fileId).catch((error: unknown) => {
        if (!isFlatRenderError(error, 'FILE_UNKNOWN')) render.report?.(error, 'render.hold-files')
      })
}
