import type { Manifest } from '@flatrender/contracts/template'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import type { SceneLength } from './measure-scenes.ts'
import { starterScope } from './starter-scope.ts'

/** A draft's scenes as its manifest has them, and their lengths in the same order. */
export interface NewScenes {
  readonly versionId: string
  readonly manifest: Manifest
  readonly lengths: readonly SceneLength[]
}

/** Writes the scenes and slots of a draft as rows that can be asked. */
export async function insertScenes(
  transaction: TenantTransaction<Tables>,
  { versionId, manifest, lengths }: NewScenes,
): Promise<void> {
  const { tenantId: tenant_id } = starterScope
  const scenes = await transaction
    .insertInto('content.scenes')
    .values(
      manifest.scenes.map((scene, position) => ({
        tenant_id,
        version_id: versionId,
        key: scene.id,
        name: scene.name,
        description: scene.description ?? {},
        position,
        formats: Object.keys(scene.animations),
        default_frames: lengths[position]!.designed,
        min_frames: lengths[position]!.min,
        max_frames: lengths[position]!.max,
        follows: scene.duration.follows,
        snapshot_frame: scene.snapshotFrame,
      })),
    )
    .returning(['id', 'key'])
    .execute()
  const ids = new Map(scenes.map(({ id, key }) => [key, id]))
  const slots = manifest.scenes.flatMap((scene) =>
    Object.entries(scene.slots).map(
      ([key, { type, name = {}, description = {}, ...constraints }], position) => ({
        tenant_id,
        scene_id: ids.get(scene.id)!,
        key,
        type,
        name,
        description,
        position,
        constraints,
      }),
    ),
  )
  if (slots.length > 0) await transaction.insertInto('content.slots').values(slots).execute()
}
