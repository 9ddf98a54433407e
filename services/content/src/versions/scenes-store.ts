import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** A slot of a scene, in short. */
export interface SlotRow {
  readonly key: string
  readonly type: string
  readonly name: Record<string, string>
}

/** A scene of a version with its slots. */
export type SceneRow = Awaited<ReturnType<typeof findScenes>>[number]

/** The scenes of a version in their order. */
export async function findScenes(
  transaction: TenantTransaction<Tables>,
  { tenant_id, id }: { readonly tenant_id: string; readonly id: string },
) {
  return transaction
    .selectFrom('content.scenes as scene')
    .select(['key', 'name', 'formats', 'default_frames', 'min_frames', 'max_frames'])
    .select(
      sql<SlotRow[]>`coalesce((
        select jsonb_agg(jsonb_build_object('key', slot.key, 'type', slot.type, 'name', slot.name) order by slot.position)
        from content.slots as slot where slot.tenant_id = scene.tenant_id and slot.scene_id = scene.id
      ), '[]')`.as('slots'),
    )
    .where('tenant_id', '=', tenant_id)
    .where('version_id', '=', id)
    .orderBy('position')
    .execute()
}
