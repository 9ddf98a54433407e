import { FlatRenderError } from '@flatrender/contracts/errors'
import type { ChosenOutput } from '@flatrender/contracts/render'
import {
  assertMediaKind,
  listMediaUses,
  type MediaLibrary,
  type MediaUse,
  requireStory,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { z } from 'zod'
import type { Render } from '../deps.ts'
import { fetchInput } from '../inputs/fetch-input.ts'
import { requireInfo } from '../inputs/find-media.ts'
import { holdFile } from '../inputs/hold-file.ts'
import { inPlace, listPlaces } from '../inputs/in-place.ts'
import type { InputHolder, InputRow } from '../inputs/inputs-system-store.ts'
import { keepInputs } from '../inputs/keep-input.ts'
import { lookAtFiles } from '../inputs/look-at-files.ts'
import { extensionOf, type MediaFile, mediaFileSchema } from '../inputs/media-file.ts'
import { findPackaged, keeperOfPackaged } from '../inputs/packaged-file.ts'
import { probeKey } from '../inputs/probes-store.ts'
import { readSource } from '../inputs/read-source.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { noteRender } from '../renders/renders-system-store.ts'
import { type StoredPackage, storedPackageSchema } from './stored-package.ts'
import { type Mark, markStory, openMark } from './watermark.ts'

/** Everything that a render is compiled of. */
export interface GatheredRender {
  readonly stored: StoredPackage
  readonly template: TemplatePackage
  readonly story: Story
  readonly output: ChosenOutput
  readonly library: MediaLibrary
  /** `src` → the stored file. */
  readonly files: ReadonlyMap<string, MediaFile>
}

const keptMedia = z.record(z.string(), mediaFileSchema)

/**
 * Finds, fetches and stores every file of a render's story. Undefined where one has to be probed first: then a node does.
 * Errors: those of modifications, MEDIA_NOT_FOUND, MEDIA_KIND_WRONG, FILE_UNKNOWN, ADDRESS_REFUSED, ADDRESS_UNREACHABLE,
 * DOWNLOAD_MISSING, DOWNLOAD_TOO_LARGE, DOWNLOAD_TOO_SLOW, and what probing says.
 */
export async function gatherMedia(
  render: Render,
  row: RenderRow,
  signal: AbortSignal | undefined,
): Promise<GatheredRender | undefined> {
  const stored = storedPackageSchema.parse(row.template_package)
  const template = await render.templates.take(stored)
  const told = requireStory(template.manifest, row.modifications)
  const mark = row.watermarked ? await openMark() : undefined
  const { story, library } = markStory(mark, told, new Map())
  const uses = listMediaUses(story)
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const named = listPlaces(uses)
  const files = await storeFiles(render, row, { stored, template, mark, signal }, named)
  const unknown = [...files].filter(([src]) => src !== mark?.watermark.src).map(([, file]) => file)
  const { tenant_id: tenantId, account_id: accountId, lane, priority } = row
  const look = () => lookAtFiles(render, unknown, { payer: { tenantId, accountId }, lane, priority })
  let probes = await look()
  if (unknown.some((file) => probes.get(probeKey(file))?.state === 'pending')) {
    // Whoever probes a file looks for the renders that name it; it may have been probed before this one did.
    await noteFiles(render, name, Object.fromEntries(files))
    probes = await look()
  }
  for (const [src, file] of files) {
    const info = library.get(src) ?? requireInfo(named.get(src)!, probes.get(probeKey(file)))
    if (info === undefined) return undefined
    library.set(src, info)
  }
  for (const use of uses) assertMediaKind(use, library.get(use.src)!)
  return { stored, template, story, output: readKeptOutput(row), library, files }
}

interface MediaPlaces {
  readonly stored: StoredPackage
  readonly template: TemplatePackage
  readonly mark: Mark | undefined
  readonly signal: AbortSignal | undefined
}

/** Writes down where a render's files are. */
function noteFiles(
  render: Render,
  name: RenderName,
  files: Readonly<Record<string, MediaFile>>,
): Promise<void> {
  return render.system.transact((transaction) => noteRender(transaction, name, { media: { ...files } }))
}

/**
 * Stores the files that aren't yet. Where one was fetched to is written down: it is not fetched again. What lies in the package
 * is at hand, and stored all at once.
 */
async function storeFiles(
  render: Render,
  row: RenderRow,
  places: MediaPlaces,
  named: ReadonlyMap<string, MediaUse>,
): Promise<Map<string, MediaFile>> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const holder = { tenantId: row.tenant_id, holderId: row.id }
  const kept = keptMedia.parse(row.media)
  for (const [src, use] of named) {
    const fileId = kept[src]?.fileId
    if (fileId !== undefined) await inPlace(use, () => holdFile(render, name, fileId))
  }
  const sources = [...named.keys()]
  const unknown = sources.filter((src) => kept[src] === undefined)
  const addresses = unknown.filter(isAddress)
  const atHand = unknown.filter((src) => !isAddress(src))
  Object.assign(kept, await storeAtHand(render, holder, places, atHand))
  for (const src of addresses) {
    kept[src] = await inPlace(named.get(src)!, () => storeFile(render, holder, places, src))
    await noteFiles(render, name, kept)
  }
  return new Map(sources.map((src) => [src, kept[src]!]))
}

/**
 * Stores a file that a story names, and pins it for whoever is named. Errors: those of fetching and storing, MEDIA_NOT_FOUND.
 */
export async function storeFile(
  render: Render,
  holder: InputHolder,
  places: MediaPlaces,
  src: string,
): Promise<MediaFile> {
  const source = isAddress(src) ? readSource(src) : undefined
  if (source?.kind !== 'address') return (await storeAtHand(render, holder, places, [src]))[src]!
  const { tenantId } = holder
  return describe(await fetchInput(render, { tenantId, url: source.url, signal: places.signal }, holder))
}

const isAddress = (src: string): boolean => readSource(src).kind === 'address'

/** Stores files of the package, and our watermark. Errors: those of storing, MEDIA_NOT_FOUND. */
async function storeAtHand(
  render: Render,
  holder: InputHolder,
  { stored, template, mark }: MediaPlaces,
  sources: readonly string[],
): Promise<Record<string, MediaFile>> {
  const tenantId = keeperOfPackaged(stored, holder.tenantId)
  const contentType = 'application/octet-stream'
  const inputs = sources.map((src) => {
    if (mark !== undefined && src === mark.watermark.src) return { tenantId, ...mark.file }
    const source = readSource(src)
    const file = source.kind === 'package' ? findPackaged(template, source.path) : undefined
    if (source.kind !== 'package' || file === undefined)
      throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
    return { tenantId, ...file, extension: extensionOf(source.path), contentType }
  })
  const rows = await keepInputs(render, inputs, holder)
  return Object.fromEntries(sources.map((src, index) => [src, describe(rows[index]!)]))
}

function describe({
  tenant_id: tenantId,
  hash,
  object_key: objectKey,
  bytes,
  extension,
}: InputRow): MediaFile {
  return { tenantId, hash: hash!.toString('hex'), objectKey, bytes: Number(bytes), extension }
}
