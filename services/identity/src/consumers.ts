import type { Consumer } from '@flatrender/platform/events'
import { recordAct } from './audit/record-act.ts'
import type { Identity } from './deps.ts'

/** What the service does when something happens elsewhere, a line each. */
export function listConsumers(identity: Identity): Readonly<Record<'identity.record-acts', Consumer>> {
  return {
    'identity.record-acts': {
      types: ['render.act.recorded', 'file.act.recorded'],
      handle: (event) => recordAct(identity, event),
    },
  }
}
