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
import type { StoredPackage } from '../plans/stored-package.ts'
import { readKeptFailure } from '../renders/describe-fault.ts'
import { sightOf } from '../renders/sight.ts'
import { inPlace, listPlaces } from './in-place.ts'
import { extensionOf, type MediaFile } from './media-file.ts'
import { findPackaged, keeperOfPackaged } from './packaged-file.ts'
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

/** Files that a story names, and where to look for them. */
export interface NamedMedia {
  readonly story: Story
  readonly stored: StoredPackage
  readonly template: TemplatePackage
  /** For whom it is: a key sees the files of who made it. */
  readonly ownerId: string | null
}

/** What a file holds, whoever knows it by whichever name. */
type MediaContent = Pick<MediaFile, 'tenantId' | 'hash'>

/**
 * Looks for a story's files as far as that goes at once: whoever asks must see them, addresses must be such as we call.
 * Errors: MEDIA_NOT_FOUND, MEDIA_KIND_WRONG, FILE_UNKNOWN, ADDRESS_REFUSED, and what probing said of a file before.
 */
export async function findMedia(
  render: Render,
  call: Call,
  { story, stored, template, ownerId }: NamedMedia,
): Promise<FoundMedia> {
  const uses = listMediaUses(story)
  const places = listPlaces(uses)
  const files = new Map<string, MediaFile>()
  const contents = new Map<string, MediaContent>()
  for (const [src, use] of places) {
    const found = await inPlace(use, () => findFile(render, call, src, { stored, template, ownerId }))
    if (found === undefined) continue
    contents.set(src, found)
    if ('objectKey' in found) files.set(src, found)
  }
  // Who may see a file may know what it is; what lies in a package is looked at for its publisher.
  const probes = await render.system.ask((transaction) => findProbes(transaction, [...contents.values()]))
  const library = new Map(
    [...contents].flatMap(([src, file]) => {
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
  { stored, template, ownerId }: Omit<NamedMedia, 'story'>,
): Promise<MediaFile | MediaContent | undefined> {
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
    case 'package': {
      const packaged = findPackaged(template, source.path)
      if (packaged === undefined) throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
      if (packaged.content.byteLength === 0)
        throw new FlatRenderError('MEDIA_UNREADABLE', { file: src, reason: 'it is empty' })
      return { tenantId: keeperOfPackaged(stored, call.actor.tenantId), hash: packaged.hash }
    }
    case 'unknown':
      throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
  }
}
