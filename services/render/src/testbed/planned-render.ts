import { randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { RenderState } from '@flatrender/contracts/render'
import { sql } from 'kysely'
import type { RenderName } from '../renders/render-name.ts'
import type { Testbed } from './open-testbed.ts'
import { makePlanObject } from './plan-object.ts'

/** A render of a test whose segments are all painted, and its stored plan; `state`: where it stands. */
export async function addPlannedRender(testbed: Testbed, state: RenderState): Promise<RenderName> {
  const tenantId = DEFAULT_TENANT_ID
  const renderId = randomUUID()
  const object = makePlanObject(renderId)
  const { codec, width, height, fps, quality } = object.plan.settings
  const output = {
    ...{ format: '16:9', container: object.plan.container, codec, width, height, fps, quality },
    ...{ transparent: false, range: null },
  }
  const plan = `render/${tenantId}/inputs/${renderId}`
  await testbed.render.storage.put(plan, Buffer.from(JSON.stringify(object)))
  const ended = ['succeeded', 'failed', 'cancelled'].includes(state)
  await testbed.ask(sql`
    insert into render.render_jobs (tenant_id, id, account_id, template_id, template_version_id, template_package,
      modifications, output, state, preparing_at, finished_at, plan_hash, plan_object_key, frames_total, frames_done)
    values (${tenantId}, ${renderId}, ${tenantId}, ${randomUUID()}, ${randomUUID()}, '{}', '{}', ${JSON.stringify(output)},
      ${state}, now(), ${ended ? sql`now()` : null}, ${Buffer.alloc(32)}, ${plan}, 200, 200)`)
  await testbed.ask(sql`
    with input as (
      insert into render.inputs (tenant_id, object_key, state, hash, bytes)
      values (${tenantId}, ${plan}, 'ready', sha256(${renderId}::text::bytea), 1) returning *
    ) insert into render.input_pins (tenant_id, input_id, holder_tenant_id, holder_id)
      select tenant_id, id, tenant_id, ${renderId} from input`)
  for (const { key } of object.plan.segments)
    await testbed.ask(sql`
      with segment as (
        insert into render.segments (tenant_id, key, frames, arch, engine_build, state, object_key, bytes, hash, verified_at)
        values (${tenantId}, decode(${key}, 'hex'), 50, 'x64', ${object.plan.engine}, 'verified',
          ${`render/${tenantId}/segments/${key}`}, 1, ${Buffer.alloc(32)}, now()) returning *
      ) insert into render.segment_pins (tenant_id, segment_id, job_tenant_id, render_job_id, frames)
        select tenant_id, id, tenant_id, ${renderId}, frames from segment`)
  return { tenantId, renderId }
}
