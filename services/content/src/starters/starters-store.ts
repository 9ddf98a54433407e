import type { Manifest } from '@flatrender/contracts/template'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { Archive } from './starter-package.ts'
import { starterScope } from './starter-scope.ts'

const { tenantId: tenant_id } = starterScope
const ofVersion = ['id', 'template_id', 'state', 'package_bytes', 'package_sha256'] as const

/** A version of a starter's template. */
export type StarterVersion = Pick<Selectable<Tables['content.template_versions']>, (typeof ofVersion)[number]>

/** Lets one transaction at a time publish the starter of a slug. */
export async function takeTurns(transaction: TenantTransaction<Tables>, slug: string): Promise<void> {
  const place = `content.starters:${slug}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(transaction)
}

/** The default tenant's template of a slug, whoever made it. */
export async function findStarter(transaction: TenantTransaction<Tables>, slug: string) {
  return transaction
    .selectFrom('content.templates')
    .select(['id', 'owner_id', 'state', 'shared'])
    .where('tenant_id', '=', tenant_id)
    .where('slug', '=', slug)
    .executeTakeFirst()
}

/** Adds a template that has no version yet; gives its id. */
export async function insertStarter(
  transaction: TenantTransaction<Tables>,
  { slug, manifest }: { readonly slug: string; readonly manifest: Manifest },
): Promise<string> {
  const { name, description = {} } = manifest
  const { id } = await transaction
    .insertInto('content.templates')
    .values({ tenant_id, slug, name, description })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The version of a template that has this package. */
export async function findVersionOf(
  transaction: TenantTransaction<Tables>,
  { templateId, hash }: { readonly templateId: string; readonly hash: Buffer },
): Promise<StarterVersion | undefined> {
  return transaction
    .selectFrom('content.template_versions')
    .select(ofVersion)
    .where('tenant_id', '=', tenant_id)
    .where('template_id', '=', templateId)
    .where('package_hash', '=', hash)
    .executeTakeFirst()
}

/** Has a template a version of that name? */
export async function isVersionTaken(
  transaction: TenantTransaction<Tables>,
  { templateId, version }: { readonly templateId: string; readonly version: string },
): Promise<boolean> {
  const row = await transaction
    .selectFrom('content.template_versions')
    .select('id')
    .where('tenant_id', '=', tenant_id)
    .where('template_id', '=', templateId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row !== undefined
}

/** A version that is about to be published. */
export interface NewDraft {
  readonly templateId: string
  /** Is its template shared already? */
  readonly shared: boolean
  readonly version: string
  readonly hash: Buffer
  readonly key: string
  readonly archive: Archive
  readonly manifest: Manifest
  /** As it is written, without the defaults of this FlatRender. */
  readonly rawManifest: Record<string, unknown>
  readonly engineMinimum: string
}

/** Adds a draft. */
export async function insertDraft(
  transaction: TenantTransaction<Tables>,
  { templateId, shared, version, hash, key, archive, manifest, rawManifest, engineMinimum }: NewDraft,
): Promise<StarterVersion> {
  return transaction
    .insertInto('content.template_versions')
    .values({
      tenant_id,
      template_id: templateId,
      template_shared: shared,
      version,
      package_hash: hash,
      package_key: key,
      package_bytes: String(archive.bytes.length),
      package_sha256: archive.sha256,
      manifest: rawManifest,
      fps: String(manifest.fps),
      engine_minimum: engineMinimum,
    })
    .returning(ofVersion)
    .executeTakeFirstOrThrow()
}

/** Is a version still a draft? */
export async function isDraft(transaction: TenantTransaction<Tables>, id: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('content.template_versions')
    .select('id')
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row !== undefined
}

/** Publishes a draft whose file is stored: it stays as it is from now on. */
export async function publishDraft(
  transaction: TenantTransaction<Tables>,
  { id, bytes, sha256 }: { readonly id: string } & Archive,
): Promise<void> {
  const now = sql<Date>`now()`
  await transaction
    .updateTable('content.template_versions')
    .set({
      state: 'published',
      package_bytes: String(bytes.length),
      package_sha256: sha256,
      checked_at: now,
      published_at: now,
    })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .execute()
}

/** What becomes of a template when a version of it is published. */
export interface NewCurrentVersion {
  readonly id: string
  readonly versionId: string
  readonly manifest: Manifest
  /** Of its first preset. */
  readonly seconds: number
}

/** Makes a version the current one of its template, and the template everybody's. */
export async function publishTemplate(
  transaction: TenantTransaction<Tables>,
  { id, versionId, manifest, seconds }: NewCurrentVersion,
): Promise<void> {
  await transaction
    .updateTable('content.templates')
    .set({
      state: 'published',
      shared: true,
      current_version_id: versionId,
      name: manifest.name,
      description: manifest.description ?? {},
      formats: Object.keys(manifest.formats),
      languages: manifest.languages,
      duration_seconds: seconds.toFixed(3),
      revision: sql<number>`revision + 1`,
      published_at: sql<Date>`coalesce(published_at, now())`,
    })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .execute()
}
