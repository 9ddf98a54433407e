import type { KeyObject } from 'node:crypto'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { withClient } from '@flatrender/database'

/** The build that the simulated nodes run, and their work needs. */
const BUILD = 'bench'
const DEFAULT_TENANT = '00000000-0000-0000-0000-000000000001'

/** A node that is simulated: who it is, and what it signs with. */
export interface SimulatedNode {
  readonly id: string
  readonly key: KeyObject
}

/** Makes nodes known, as if each had enrolled. */
export async function seedNodes(url: string, count: number): Promise<SimulatedNode[]> {
  const nodes = Array.from({ length: count }, () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    return { id: randomUUID(), key: privateKey, x: publicKey.export({ format: 'jwk' }).x! }
  })
  await withClient(url, (client) =>
    client.query(
      `insert into render.nodes (tenant_id, id, name, enrolled_at, public_key, state, last_seen_at, version, engine, engine_build,
        platform, arch, cores, memory_bytes, workers)
      select $1, id, 'bench ' || number, now(), decode(key, 'base64'), 'online', now(), '', 'lottie', $2, 'linux', 'x64', 4,
        16e9, 16
      from unnest($3::uuid[], $4::text[]) with ordinality as node (id, key, number)`,
      [
        DEFAULT_TENANT,
        BUILD,
        nodes.map(({ id }) => id),
        nodes.map(({ x }) => Buffer.from(x, 'base64url').toString('base64')),
      ],
    ),
  )
  return nodes.map(({ id, key }) => ({ id, key }))
}

/** Lets nodes count as alive for the time of a part that has none of them beat. */
export async function keepAlive(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`update render.nodes set state = 'online', last_seen_at = now() + interval '1 hour'`),
  )
}

/** Weights of the tenants, by turns: half of them weigh one, the others two and four. */
const WEIGHTS = [100, 200, 100, 400]

/** Queues so many jobs more, of so many tenants in turn; each takes half a second to two. */
export async function seedJobs(url: string, jobs: number, tenants: number): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ since: string }>('select clock_timestamp()::text as since')
    // In pieces, so that no statement holds all of it in memory.
    for (let from = 0; from < jobs; from += 50_000)
      await client.query(
        `insert into render.frame_jobs (tenant_id, kind, payer_tenant_id, account_id, engine_build, estimated_ms, input, waiters)
        select tenant, 'probe', tenant, tenant, $1, 500 + number % 1500 * 7919 % 1500,
          '{"kind":"probe","media":{"hash":"${'ab'.repeat(32)}","bytes":1,"objectKey":"render/bench/media","extension":".wav"}}', 1
        from generate_series($2::int, $3::int) as number,
          lateral (select ('00000000-0000-7000-8000-' || lpad((number % $4)::text, 12, '0'))::uuid as tenant) as whose`,
        [BUILD, from, Math.min(jobs, from + 50_000) - 1, tenants],
      )
    await client.query(
      `insert into render.tenant_shares (tenant_id, weight)
      select ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, ($2::int[])[number % cardinality($2::int[]) + 1]
      from generate_series(0, $1::int - 1) as number on conflict (tenant_id) do nothing`,
      [tenants, WEIGHTS],
    )
    await client.query(
      `select render.change_shares(array_agg(payer), array_agg(payer), array_agg(0), array_agg(added), array_agg(0), array_agg(0),
        array_agg(0::double precision)) from (
          select payer_tenant_id as payer, count(*)::int as added from render.frame_jobs where queued_at >= $1 group by 1
        ) as jobs`,
      [rows[0]!.since],
    )
    // What a farm that has run for a while has behind it: otherwise it would fall into whatever is measured next.
    await client.query('vacuum analyze render.frame_jobs, render.tenant_shares, render.account_shares')
    await client.query('checkpoint')
  })
}
