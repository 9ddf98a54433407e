import {
  assertMediaKind,
  listMediaUses,
  type MediaInfo,
  type MediaLibrary,
  requireStory,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import type { Render } from '../deps.ts'
import { requireInfo } from '../inputs/find-media.ts'
import { inPlace, listPlaces } from '../inputs/in-place.ts'
import { lookAtFiles } from '../inputs/look-at-files.ts'
import type { MediaFile } from '../inputs/media-file.ts'
import { probeKey } from '../inputs/probes-store.ts'
import { storeFile } from '../plans/gather-media.ts'
import { openMark } from '../plans/watermark.ts'
import { cutStory } from './cut-story.ts'
import type { SnapshotRequest } from './snapshot-request.ts'
import type { SnapshotRequestRow } from './snapshot-requests-store.ts'
import { noteMedia } from './snapshots-system-store.ts'

/** Everything that a snapshot is compiled of. */
export interface GatheredScene {
  readonly template: TemplatePackage
  /** With its one scene. */
  readonly story: Story
  readonly library: MediaLibrary
  /** `src` → the stored file. */
  readonly files: ReadonlyMap<string, MediaFile>
}

/**
 * Finds, fetches and stores every file that the scene names. Undefined while one has to be probed: then a node does.
 * Errors: those of modifications, of fetching, MEDIA_NOT_FOUND, MEDIA_KIND_WRONG, and what probing says.
 */
export async function gatherScene(
  render: Render,
  row: SnapshotRequestRow,
  request: SnapshotRequest,
  signal: AbortSignal | undefined,
): Promise<GatheredScene | undefined> {
  const { tenant_id: tenantId, id, account_id: accountId } = row
  const { stored, priority } = request
  const template = await render.templates.take(stored)
  const mark = request.watermarked ? await openMark() : undefined
  const told = cutStory(
    template.manifest,
    requireStory(template.manifest, request.modifications),
    request.scene,
  )
  const story = mark === undefined ? told : { ...told, watermark: mark.watermark }
  const uses = listMediaUses(story)
  const media = { ...request.media }
  const named = listPlaces(uses)
  for (const [src, use] of named) {
    if (media[src] !== undefined) continue
    const places = { stored, template, mark, signal }
    media[src] = await inPlace(use, () => storeFile(render, { tenantId, holderId: id }, places, src))
    // What was fetched once is not fetched again.
    await render.system.transact((transaction) =>
      noteMedia(transaction, row, { ...request, media: { ...media } }),
    )
  }
  const files = new Map(uses.map(({ src }) => [src, media[src]!]))
  const library = new Map<string, MediaInfo>()
  if (mark !== undefined) library.set(mark.watermark.src, mark.info)
  const unknown = [...files].filter(([src]) => !library.has(src)).map(([, file]) => file)
  const asker = { payer: { tenantId, accountId }, lane: 'preview', priority } as const
  const probes = await lookAtFiles(render, unknown, asker)
  for (const [src, file] of files) {
    const info = library.get(src) ?? requireInfo(named.get(src)!, probes.get(probeKey(file)))
    if (info === undefined) return undefined
    library.set(src, info)
  }
  for (const use of uses) assertMediaKind(use, library.get(use.src)!)
  return { template, story, library, files }
}
