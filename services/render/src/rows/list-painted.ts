import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Person } from '@flatrender/platform/personal'
import type { Render } from '../deps.ts'
import { keeperOfSound, keyOfSound } from '../plans/key-of-sound.ts'
import { readPlanObject } from '../plans/plan-object.ts'
import { findPlansOf } from './forgotten-system-store.ts'

/** The keys (hexadecimal) of all segments and sounds of a user's renders that are kept under their tenant. */
export async function listPainted({ system, storage }: Render, person: Person): Promise<string[]> {
  const keys = new Set<string>()
  for (const place of await system.transact((transaction) => findPlansOf(transaction, person))) {
    const object = await readPlanObject(storage, place).catch(passMissing)
    for (const { key, piece } of object?.plan.segments ?? [])
      if (object?.pieces[piece]?.tenantId === person.tenantId) keys.add(key)
    const sound = object && keyOfSound(object)
    if (sound !== undefined && keeperOfSound(object!, person.tenantId) === person.tenantId) keys.add(sound)
  }
  return [...keys]
}

/** A plan that is gone painted nothing that is still there. */
function passMissing(error: unknown): undefined {
  if (!isFlatRenderError(error, 'STORED_FILE_MISSING')) throw error
}
