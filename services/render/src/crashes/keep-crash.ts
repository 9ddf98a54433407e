import { z } from 'zod'
import type { Render } from '../deps.ts'
import { keepStored } from '../inputs/keep-stored.ts'
import { findCrashOf, unpinCrash, updateReplay } from './crashes-system-store.ts'
import { listNamedFiles, nameOf, placeNamedFiles } from './named-files.ts'

const payloadSchema = z.object({ tenantId: z.guid(), id: z.guid() })

/**
 * Job: keeps all files of the order that a worker died of, for as long as its record is kept, whatever becomes of the render,
 * its segments and the person's files. What is gone already is left out. Done again, nothing happens.
 */
export async function keepCrash(render: Render, payload: unknown): Promise<void> {
  const name = payloadSchema.parse(payload)
  const { system } = render
  const crash = await system.transact((transaction) => findCrashOf(transaction, name))
  if (crash === undefined || crash.job_tenant_id === null) return
  const holder = { tenantId: name.tenantId, holderId: name.id }
  const places = new Map<string, string>()
  for (const file of listNamedFiles(crash.replay)) {
    const kept = await keepStored(render, { tenantId: crash.job_tenant_id, ...file }, holder)
    if (kept !== undefined) places.set(nameOf(file), kept.object_key)
  }
  const replay = placeNamedFiles(crash.replay, places) as Record<string, unknown>
  await system.transact(async (transaction) => {
    // The record may have been removed meanwhile.
    if (!(await updateReplay(transaction, name, replay))) await unpinCrash(transaction, [name])
  })
}
