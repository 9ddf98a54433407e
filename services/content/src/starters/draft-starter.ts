import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import { insertScenes } from './insert-scenes.ts'
import { measureScenes } from './measure-scenes.ts'
import type { StarterPackage } from './starter-package.ts'
import {
  findStarter,
  findVersionOf,
  insertDraft,
  insertStarter,
  isVersionTaken,
  type StarterVersion,
  takeTurns,
} from './starters-store.ts'

/** Letters of the hash that tell two packages of one version apart. */
const TELLING = 8

/**
 * The version of a starter's template that has this package: one that is there already, else a new draft. Undefined where
 * the template is somebody's own by that name, or was archived: then it isn't ours to change.
 */
export async function draftStarter(
  transaction: TenantTransaction<Tables>,
  starter: StarterPackage,
  engineMinimum: string,
): Promise<StarterVersion | undefined> {
  const { template, slug, hash, key } = starter
  const { manifest } = template
  await takeTurns(transaction, slug)
  const known = await findStarter(transaction, slug)
  if (known !== undefined && (known.owner_id !== null || known.state === 'archived')) return undefined
  const templateId = known?.id ?? (await insertStarter(transaction, { slug, manifest }))
  const version = await findVersionOf(transaction, { templateId, hash })
  if (version !== undefined) return version
  const taken = await isVersionTaken(transaction, { templateId, version: manifest.version })
  const draft = await insertDraft(transaction, {
    templateId,
    shared: known?.shared ?? false,
    version: taken ? `${manifest.version}-${template.hash.slice(0, TELLING)}` : manifest.version,
    hash,
    key,
    archive: starter.archive(),
    manifest,
    rawManifest: JSON.parse(new TextDecoder().decode(template.files.get('flatrender.json'))),
    engineMinimum,
  })
  await insertScenes(transaction, { versionId: draft.id, manifest, lengths: measureScenes(template) })
  return draft
}
