import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'id',
  'name',
  'state',
  'wish',
  'reason',
  'enrolled_at',
  'enrolment_expires_at',
  'version',
  'engine_build',
  'platform',
  'arch',
  'cores',
  'memory_bytes',
  'workers',
  'only_when_idle',
  'last_seen_at',
  'created_at',
] as const

/** What is shown of a node. */
export type NodeRow = Pick<Selectable<Tables['render.nodes']>, (typeof shown)[number]>

/** Adds a node that no machine is yet; its token counts for an hour. Undefined where its name is another's. */
export async function insertNode(
  transaction: TenantTransaction<Tables>,
  { tenantId, name, hash }: { tenantId: string; name: string; hash: Buffer },
): Promise<NodeRow | undefined> {
  return transaction
    .insertInto('render.nodes')
    .values({
      tenant_id: tenantId,
      name,
      enrolment_hash: hash,
      enrolment_expires_at: sql<Date>`now() + interval '1 hour'`,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doNothing())
    .returning(shown)
    .executeTakeFirst()
}

/** The nodes of a tenant, the newest first. */
export async function findNodes(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
): Promise<NodeRow[]> {
  return transaction
    .selectFrom('render.nodes')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** One of a tenant's nodes. */
export async function findNode(
  transaction: TenantTransaction<Tables>,
  { tenantId, nodeId, lock = false }: { tenantId: string; nodeId: string; lock?: boolean },
): Promise<NodeRow | undefined> {
  const query = transaction
    .selectFrom('render.nodes')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', nodeId)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** Gives a node another state and wish, and forgets how its last attempts ended; one that is retired is believed no more. */
export async function updateNodeState(
  transaction: TenantTransaction<Tables>,
  {
    tenantId,
    nodeId,
    state,
    wish,
  }: { tenantId: string; nodeId: string; state: NodeRow['state']; wish: NodeRow['wish'] },
): Promise<NodeRow> {
  return transaction
    .updateTable('render.nodes')
    .set({
      state,
      wish,
      reason: null,
      recent_failures: 0,
      state_changed_at: sql<Date>`now()`,
      ...(state === 'retired' && { enrolment_hash: null, enrolment_expires_at: null }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', nodeId)
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** What a node last said of its machine, the newest first. */
export async function findHealth(
  transaction: TenantTransaction<Tables>,
  { tenantId, nodeId }: { tenantId: string; nodeId: string },
  limit: number,
) {
  return transaction
    .selectFrom('render.node_health_logs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('node_id', '=', nodeId)
    .orderBy('reported_at', 'desc')
    .limit(limit)
    .execute()
}

/** What died on a node, the newest first. */
export async function findCrashes(
  transaction: TenantTransaction<Tables>,
  { tenantId, nodeId }: { tenantId: string; nodeId: string },
  limit: number,
) {
  return transaction
    .selectFrom('render.node_crashes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('node_id', '=', nodeId)
    .orderBy('crashed_at', 'desc')
    .limit(limit)
    .execute()
}
