import { setTimeout } from 'node:timers/promises'
import { emit } from '@flatrender/platform/events'

/** Milliseconds: others come as far as they can meanwhile. */
const LINGER = 150

/** Emits, and ends no transaction at once: what is sent beside it doesn't see yet what it has written. */
export const emitSlowly: typeof emit = async (transaction, event) => {
  const id = await emit(transaction, event)
  await setTimeout(LINGER)
  return id
}
