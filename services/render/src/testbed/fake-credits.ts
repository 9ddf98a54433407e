import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RenderDeps } from '../deps.ts'

/** An account of a test, by the rules of the identity service, which this one may not import. */
export function openAccount(balance: number) {
  const held = new Map<string, number>()
  const released = new Set<string>()
  const available = () => balance - held.values().reduce((sum, amount) => sum + amount, 0)
  const promise = (reference: string, amount: number) => {
    held.set(reference, amount)
    return { reference, amount } as never
  }
  const credits = {
    async reserve({ reference, amount }) {
      if (held.has(reference)) return promise(reference, amount)
      if (amount > available())
        throw new FlatRenderError('CREDITS_SHORT', { needed: amount, available: available() })
      return promise(reference, amount)
    },
    async split({ from, reference, amount }) {
      if (held.has(reference)) return promise(reference, amount)
      const whole = held.get(from)
      if (whole === undefined) throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference: from })
      if (amount > whole) throw new FlatRenderError('CREDITS_SHORT', { needed: amount, available: whole })
      held.set(from, whole - amount)
      return promise(reference, amount)
    },
    async release({ reference }) {
      if (!held.has(reference) && !released.has(reference))
        throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference })
      held.delete(reference)
      released.add(reference)
      return promise as never
    },
  } as Partial<RenderDeps['identity']['credits']> as RenderDeps['identity']['credits']
  return { credits, available, held }
}
