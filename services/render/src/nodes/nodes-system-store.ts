import type { HeldTemplate, NodeDescription, NodeHealth } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** A node's row. */
export type WholeNodeRow = Selectable<Tables['render.nodes']>

/** Nodes by their ids, whosever they are, in the same order; undefined where there is none. */
export async function findNodesById(
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
): Promise<(WholeNodeRow | undefined)[]> {
  const rows = await transaction
    .selectFrom('render.nodes')
    .selectAll()
    .where('id', '=', sql<string>`any (${nodeIds}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return nodeIds.map((id) => byId.get(id))
}

/** The node whose enrolment token has this hash, held until the transaction ends; an old token too. */
export async function findNodeByToken(
  transaction: SystemTransaction<Tables>,
  hash: Buffer,
): Promise<(WholeNodeRow & { expired: boolean }) | undefined> {
  return transaction
    .selectFrom('render.nodes')
    .selectAll()
    .select(sql<boolean>`enrolment_expires_at < now()`.as('expired'))
    .where('enrolment_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
}

/** Whose public key this is. */
export async function findNodeByKey(
  transaction: SystemTransaction<Tables>,
  publicKey: Buffer,
): Promise<WholeNodeRow | undefined> {
  return transaction
    .selectFrom('render.nodes')
    .selectAll()
    .where('public_key', '=', publicKey)
    .executeTakeFirst()
}

const described = (description: NodeDescription) => ({
  version: description.version,
  engine: description.engine,
  engine_build: description.engineBuild,
  platform: description.platform,
  arch: description.arch,
  cores: description.cores,
  memory_bytes: String(description.memoryBytes),
  workers: description.workers,
  only_when_idle: description.onlyWhenIdle,
})

/** Makes a machine the node, for good: its token is used, its key is known. */
export async function updateEnrolled(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
  { publicKey, description }: { publicKey: Buffer; description: NodeDescription },
): Promise<void> {
  await transaction
    .updateTable('render.nodes')
    .set({ ...described(description), public_key: publicKey, enrolled_at: sql<Date>`now()` })
    .where('id', '=', nodeId)
    .execute()
}

/** Adds a node that needs no token. */
export async function insertEnrolled(
  transaction: SystemTransaction<Tables>,
  node: { tenantId: string; name: string; publicKey: Buffer; description: NodeDescription },
): Promise<string> {
  const { id } = await transaction
    .insertInto('render.nodes')
    .values({
      ...described(node.description),
      tenant_id: node.tenantId,
      name: node.name,
      public_key: node.publicKey,
      enrolled_at: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whoever is offline and is heard of is back where it is wished to be. */
const returned = sql<WholeNodeRow['state']>`case when state <> 'offline' then state
  when wish = 'drain' then 'draining' when wish = 'pause' then 'paused' else 'online' end`
const returnedAt = sql<Date>`case when state = 'offline' then now() else state_changed_at end`

/**
 * A node has started: what it says of itself is taken, its former life is over, and it does again what is wished of it. It takes
 * work until a beat says otherwise.
 */
export async function updateStarted(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
  description: NodeDescription,
): Promise<void> {
  await transaction
    .updateTable('render.nodes')
    .set({
      ...described(description),
      state: returned,
      state_changed_at: returnedAt,
      last_seen_at: sql<Date>`now()`,
      silence_counted: false,
      takes_work: true,
    })
    .where('id', '=', nodeId)
    .execute()
}

/** Signs of life of nodes. Who was thought lost is back. Gives them by their ids, as they are now. */
export async function updateSeen(
  transaction: SystemTransaction<Tables>,
  seen: readonly { readonly nodeId: string; readonly address: string | null; readonly takesWork: boolean }[],
): Promise<Map<string, WholeNodeRow>> {
  const { rows } = await sql<WholeNodeRow>`
    update render.nodes as node set
      state = ${returned}, state_changed_at = ${returnedAt},
      last_seen_at = now(), silence_counted = false, last_address = seen.address,
      takes_work = seen.takes_work
    from (
      select * from unnest(${seen.map(({ nodeId }) => nodeId)}::uuid[], ${seen.map(({ address }) => address)}::inet[],
        ${seen.map(({ takesWork }) => takesWork)}::boolean[]) as told (id, address, takes_work) order by id
    ) as seen where node.id = seen.id returning node.*`.execute(transaction)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A node has gone by itself. */
export async function updateGone(transaction: SystemTransaction<Tables>, nodeId: string): Promise<void> {
  await transaction
    .updateTable('render.nodes')
    .set({ state: 'offline', state_changed_at: sql<Date>`now()` })
    .where('id', '=', nodeId)
    .where('state', 'in', ['online', 'draining', 'paused'])
    .execute()
}

/** Nodes of which nothing was heard for so long are offline; gives how many. */
export async function updateUnreachable(
  transaction: SystemTransaction<Tables>,
  silenceSeconds: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update render.nodes set state = 'offline', state_changed_at = now()
    where state in ('online', 'draining', 'paused') and last_seen_at < now() - make_interval(secs => ${silenceSeconds})`.execute(
    transaction,
  )
  return Number(numAffectedRows ?? 0)
}

/** How a node's machine fares, and how much of the farm's it does. */
export interface NodeFinding {
  readonly tenantId: string
  readonly nodeId: string
  readonly state: string
  readonly running: number
  readonly health: NodeHealth
}

/** Writes down how machines fare. */
export async function insertHealth(
  transaction: SystemTransaction<Tables>,
  findings: readonly NodeFinding[],
): Promise<void> {
  await transaction
    .insertInto('render.node_health_logs')
    .values(
      findings.map(({ tenantId, nodeId, state, running, health }) => ({
        tenant_id: tenantId,
        node_id: nodeId,
        state,
        cpu_load: String(health.cpuLoad),
        memory_used_bytes: String(Math.min(health.memoryUsedBytes, health.memoryTotalBytes)),
        memory_total_bytes: String(health.memoryTotalBytes),
        disk_used_bytes: String(Math.min(health.diskUsedBytes, health.diskTotalBytes)),
        disk_total_bytes: String(health.diskTotalBytes),
        running,
      })),
    )
    .execute()
}

/** Templates that a node holds now. */
export async function upsertTemplates(
  transaction: SystemTransaction<Tables>,
  node: { tenantId: string; nodeId: string },
  templates: readonly HeldTemplate[],
): Promise<void> {
  if (templates.length === 0) return
  await sql`
    insert into render.node_template_cache (tenant_id, node_id, template_hash, bytes)
    select distinct on (hash) ${node.tenantId}::uuid, ${node.nodeId}::uuid, decode(hash, 'hex'), greatest(bytes, 1)
    from unnest(${templates.map(({ contentHash }) => contentHash)}::text[], ${templates.map(({ bytes }) => bytes)}::bigint[])
      as held (hash, bytes)
    on conflict (tenant_id, node_id, template_hash) do update set bytes = excluded.bytes, last_used_at = now()`.execute(
    transaction,
  )
}

/** Templates that a node holds no more; null: whatever it held. */
export async function deleteTemplates(
  transaction: SystemTransaction<Tables>,
  node: { tenantId: string; nodeId: string },
  hashes: readonly string[] | null,
): Promise<void> {
  if (hashes?.length === 0) return
  await sql`
    delete from render.node_template_cache where tenant_id = ${node.tenantId} and node_id = ${node.nodeId}
      and (${hashes === null} or encode(template_hash, 'hex') = any (${hashes ?? []}::text[]))`.execute(
    transaction,
  )
}

/** Remembers how attempts ended, the last ten of each node. Gives the nodes of which half failed. */
export async function countAttempts(
  transaction: SystemTransaction<Tables>,
  attempts: readonly { readonly nodeId: string; readonly failed: boolean }[],
): Promise<string[]> {
  const failing: string[] = []
  const byNode = [...Map.groupBy(attempts, ({ nodeId }) => nodeId)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [nodeId, ended] of byNode) {
    const bits = ended.slice(-10).reduce((sum, { failed }) => (sum << 1) | (failed ? 1 : 0), 0)
    const { rows } = await sql<{ failing: boolean }>`
      update render.nodes set recent_failures = ((recent_failures << ${Math.min(10, ended.length)}) | ${bits}) & 1023
      where id = ${nodeId} and (recent_failures <> 0 or ${bits} <> 0)
      returning render.is_failing(recent_failures) as failing`.execute(transaction)
    if (rows[0]?.failing === true && bits !== 0) failing.push(nodeId)
  }
  return failing
}

/**
 * Remembers that nodes died or fell silent: one failure each, however many leases it costs, and once until they are heard of.
 * Gives those of which half failed. What the lease query takes back it counts in the same way.
 */
export async function countSilences(
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from render.count_silences(${nodeIds}::uuid[]) as id`.execute(transaction)
  return rows.map(({ id }) => id)
}

/** Silent nodes of which half of the last ten attempts failed, and that are not quarantined. */
export async function findSilentFailing(transaction: SystemTransaction<Tables>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from render.nodes where silence_counted and render.is_failing(recent_failures)
      and state in ('online', 'draining', 'paused', 'offline') order by id`.execute(transaction)
  return rows.map(({ id }) => id)
}

/** Quarantines a node that fails out of proportion, if there are others and those do better. */
export async function quarantineFailing(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
): Promise<{ tenantId: string } | undefined> {
  const { rows } = await sql<{ tenantId: string }>`
    update render.nodes as node set state = 'quarantined', state_changed_at = now(),
      reason = bit_count(node.recent_failures::bit(10)) || ' of its last 10 attempts failed, while other nodes’ succeed'
    where node.id = ${nodeId} and node.state in ('online', 'draining', 'paused', 'offline') and (
      select avg(bit_count(other.recent_failures::bit(10))) from render.nodes as other
      where other.id <> node.id and other.state = 'online' and other.engine = node.engine
    ) <= 2
    returning node.tenant_id as "tenantId"`.execute(transaction)
  return rows[0]
}

/** Quarantines a node that painted what two others did not. */
export async function quarantineOdd(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
): Promise<{ tenantId: string } | undefined> {
  const { rows } = await sql<{ tenantId: string }>`
    update render.nodes set state = 'quarantined', state_changed_at = now(),
      reason = 'it painted a segment otherwise than two other nodes did'
    where id = ${nodeId} and state in ('online', 'draining', 'paused', 'offline') returning tenant_id as "tenantId"`.execute(
    transaction,
  )
  return rows[0]
}
