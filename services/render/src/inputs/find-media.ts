import type { Call } from '@flatrender/contracts/call'
import { asSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  assertMediaKind,
  listMediaUses,
  type MediaLibrary,
  type MediaUse,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import type { Render } from '../deps.ts'
import { readKeptFailure } from '../renders/describe-fault.ts'
import { sightOf } from '../renders/sight.ts'
import { inPlace, listPlaces } from './in-place.ts'
import { extensionOf, type MediaFile } from './media-file.ts'
import { findProbes, type Probe, probeKey } from './probes-store.ts'
import { readSource } from './read-source.ts'

/** What is known of a story's files before anything is fetched. */
export interface FoundMedia {
  /** `src` → the file, of those that are stored already. */
  readonly files: ReadonlyMap<string, MediaFile>
  /** Of those that were looked at before. */
  readonly library: MediaLibrary
  /** Is everything known that the story names? */
  readonly complete: boolean
}

/**
 * Looks for a story's files as far as that goes at once: whoever asks must see them, addresses must be such as we call.
 * Errors: MEDIA_NOT_FOUND, MEDIA_KIND_WRONG, FILE_UNKNOWN, ADDRESS_REFUSED, and what probing said of a file before.
 */
export async function findMedia(
  render: Render,
  call: Call,
  {
    story,
    template,
    ownerId,
  }: {
    readonly story: Story
    readonly template: TemplatePackage
    /** For whom it is: a key sees the files of who made it. */
    readonly ownerId: string | null
  },
): Promise<FoundMedia> {
  const uses = listMediaUses(story)
  const places = listPlaces(uses)
  const files = new Map<string, MediaFile>()
  for (const [src, use] of places) {
    const file = await inPlace(use, () => findFile(render, call, src, { template, ownerId }))
    if (file !== undefined) files.set(src, file)
  }
  const probes = await render.database.transact(call.actor, (transaction) =>
    findProbes(transaction, [...files.values()]),
  )
  const library = new Map(
    [...files].flatMap(([src, file]) => {
      const info = requireInfo(places.get(src)!, probes.get(probeKey(file)))
      return info === undefined ? [] : [[src, info] as const]
    }),
  )
  for (const use of uses) {
    const info = library.get(use.src)
    if (info !== undefined) assertMediaKind(use, info)
  }
  return { files, library, complete: uses.every(({ src }) => library.has(src)) }
}

/** What a probe found; undefined while it is not known. Errors: what it failed with. */
export function requireInfo({ src, at }: MediaUse, probe: Probe | undefined) {
  // A node knows a file by its content; who names it knows it by that name.
  const named = { file: src, ...at }
  if (probe?.state === 'failed')
    throw (
      readKeptFailure(probe.code, { ...probe.data, ...named }) ??
      new FlatRenderError('MEDIA_UNREADABLE', { ...named, reason: probe.code })
    )
  return probe?.state === 'known' ? probe.info : undefined
}

async function findFile(
  { files, outbound }: Render,
  call: Call,
  src: string,
  { template, ownerId }: { readonly template: TemplatePackage; readonly ownerId: string | null },
): Promise<MediaFile | undefined> {
  const source = readSource(src)
  switch (source.kind) {
    case 'file': {
      const { all } = sightOf(call.actor)
      const sight = { all, ownerId }
      const { storageKey, sha256, bytes, name } = await files.files.inputOf(
        { id: source.id, ...sight },
        { context: asSystem(call) },
      )
      const { tenantId } = call.actor
      return {
        tenantId,
        hash: sha256,
        objectKey: storageKey,
        bytes,
        extension: extensionOf(name),
        fileId: source.id,
      }
    }
    case 'address':
      outbound.assertCallable(source.url)
      return undefined
    case 'package':
      if (!template.files.has(source.path)) throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
      return undefined
    case 'unknown':
      throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
  }
}
