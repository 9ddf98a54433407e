import { FlatRenderError } from '@flatrender/contracts/errors'
import type { ChosenOutput } from '@flatrender/contracts/render'
import {
  assertMediaKind,
  listMediaUses,
  type MediaLibrary,
  requireStory,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { z } from 'zod'
import type { Render } from '../deps.ts'
import { ensureProbes } from '../inputs/ensure-probes-system-store.ts'
import { requireInfo } from '../inputs/find-media.ts'
import { holdFile } from '../inputs/hold-file.ts'
import type { InputRow } from '../inputs/inputs-system-store.ts'
import { fetchInput, keepInput } from '../inputs/keep-input.ts'
import { extensionOf, type MediaFile, mediaFileSchema } from '../inputs/media-file.ts'
import { probeKey } from '../inputs/probes-store.ts'
import { readSource } from '../inputs/read-source.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
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
  const files = await storeFiles(
    render,
    row,
    { stored, template, mark, signal },
    new Set(uses.map(({ src }) => src)),
  )
  const unknown = [...files].filter(([src]) => src !== mark?.watermark.src).map(([, file]) => file)
  const { tenant_id: tenantId, account_id: accountId, lane, priority } = row
  const probes = await render.system.transact((transaction) =>
    ensureProbes(transaction, unknown, { payer: { tenantId, accountId }, lane, priority }),
  )
  for (const [src, file] of files) {
    const info = library.get(src) ?? requireInfo(probes.get(probeKey(file)))
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

/**
 * Stores the files that aren't yet, and writes down where each is: what was fetched once is not fetched again.
 * What lies in the package is at hand anyway, and written down at the end.
 */
async function storeFiles(
  render: Render,
  row: RenderRow,
  places: MediaPlaces,
  sources: ReadonlySet<string>,
): Promise<Map<string, MediaFile>> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const kept = keptMedia.parse(row.media)
  const files = new Map<string, MediaFile>()
  const note = () =>
    render.system.transact((transaction) => noteRender(transaction, name, { media: { ...kept } }))
  let noted = true
  for (const src of sources) {
    const known = kept[src]
    if (known?.fileId !== undefined) await holdFile(render, name, known.fileId)
    const file = known ?? (await storeFile(render, name, places, src))
    files.set(src, file)
    if (known !== undefined) continue
    kept[src] = file
    noted = readSource(src).kind !== 'package'
    if (noted) await note()
  }
  if (!noted) await note()
  return files
}

/**
 * Stores a file that a story names, and pins it for whoever is named. Errors: those of fetching and storing, MEDIA_NOT_FOUND.
 */
export async function storeFile(
  render: Render,
  name: { tenantId: string; renderId: string },
  { stored, template, mark, signal }: MediaPlaces,
  src: string,
): Promise<MediaFile> {
  // What everybody sees is kept once for all who do.
  const publisher = stored.shared ? stored.tenantId : name.tenantId
  if (mark !== undefined && src === mark.watermark.src)
    return describe(await keepInput(render, { tenantId: publisher, ...mark.file }, name))
  const source = readSource(src)
  if (source.kind === 'address')
    return describe(await fetchInput(render, { tenantId: name.tenantId, url: source.url, signal }, name))
  const content = source.kind === 'package' ? template.files.get(source.path) : undefined
  if (source.kind !== 'package' || content === undefined)
    throw new FlatRenderError('MEDIA_NOT_FOUND', { file: src })
  const extension = extensionOf(source.path)
  const contentType = 'application/octet-stream'
  return describe(await keepInput(render, { tenantId: publisher, content, extension, contentType }, name))
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
