import { setTimeout } from 'node:timers/promises'
import type { Answer, Api } from './api-client.ts'

/** What people and programs ask an installation for, without an end, and what it acknowledged. */
export interface Load {
  /** Requests without an answer so far. */
  inFlight(): number
  /** Requests that got one, of whatever kind. */
  answered(): number
  /** Who registered → when it was acknowledged, or undefined if it never was: each is asked for once. */
  readonly registered: ReadonlyMap<string, Date | undefined>
  /** The same for who said that they forgot their password. */
  readonly forgotten: ReadonlyMap<string, Date | undefined>
  /** Answers to grants, by their reference; each is asked for, with the same key, until it is answered. */
  readonly granted: ReadonlyMap<string, unknown>
  /** Asks for a grant again, as the load does. */
  grant(reference: string): Promise<Answer>
  /** Begins nothing more, and waits until the grants that were begun are acknowledged. */
  finish(): Promise<void>
  /** Gives up. */
  stop(): void
}

/** Milliseconds between two people, and between two tries of a program. */
const PACE = { people: 250, programs: 100 }
const password = 'a long quiet evening'

/** Begins a load: people who register and forget their passwords, and programs that grant one credit at a time to an account. */
export function runLoad(
  api: Api,
  { token, accountId }: { readonly token: string; readonly accountId: string },
): Load {
  const registered = new Map<string, Date | undefined>()
  const forgotten = new Map<string, Date | undefined>()
  const granted = new Map<string, unknown>()
  let inFlight = 0
  let answered = 0
  let over = false
  let stopped = false
  let next = 0
  /** Undefined where whoever was asked is gone. */
  const ask = async (...request: Parameters<Api>): Promise<Answer | undefined> => {
    inFlight++
    const answer = await api(...request).catch(() => undefined)
    inFlight--
    if (answer !== undefined) answered++
    return answer
  }
  const ask202 = async (route: string, email: string, book: Map<string, Date | undefined>, body: object) => {
    book.set(email, undefined)
    const answer = await ask('POST', route, { body })
    if (answer?.status === 202) book.set(email, new Date())
    return answer?.status === 202
  }
  const bringPeople = async () => {
    while (!over) {
      const email = `person${next++}@example.com`
      if (await ask202('/auth/register', email, registered, { email, password }))
        await ask202('/auth/forgot-password', email, forgotten, { email })
      await setTimeout(PACE.people)
    }
  }
  const grantOf = (reference: string): Parameters<Api> => {
    const body = { accountId, amount: 1, reference, reason: 'load' }
    return ['POST', '/credits/grants', { token, body, headers: { 'idempotency-key': reference } }]
  }
  const grantCredits = async () => {
    while (!over) {
      const reference = `gift${next++}`
      while (!stopped) {
        const answer = await ask(...grantOf(reference))
        await setTimeout(PACE.programs)
        if (answer?.status !== 201) continue
        granted.set(reference, answer.body)
        break
      }
    }
  }
  const all = [bringPeople(), bringPeople(), grantCredits(), grantCredits()]
  return {
    inFlight: () => inFlight,
    answered: () => answered,
    registered,
    forgotten,
    granted,
    grant: (reference) => api(...grantOf(reference)),
    async finish() {
      over = true
      await Promise.all(all)
    },
    stop() {
      over = true
      stopped = true
    },
  }
}
