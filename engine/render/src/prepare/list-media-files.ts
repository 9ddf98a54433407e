import { listMediaUses } from '@flatrender/engine-scene'
import { locateMedia } from '../media/gather-media.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { resolveRequest, type StoryRequest } from './open-request.ts'

/**
 * Where the files lie that a request names; none is looked at. Errors: those of modifications, and MEDIA_NOT_FOUND for
 * what can't be a file.
 */
export async function listMediaFiles(request: StoryRequest, workspace: Workspace): Promise<string[]> {
  const places = { folder: request.mediaFolder, files: request.template.files, workspace }
  return Promise.all(listMediaUses(resolveRequest(request)).map(({ src }) => locateMedia(src, places)))
}
