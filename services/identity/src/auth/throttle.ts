import { createHash } from 'node:crypto'

/** What failed logins are counted by. */
export type ThrottleKind = 'account' | 'address' | 'pair'

/** Failures that cost nothing: a person mistypes, and many people share one address. */
export const freeFailures: Readonly<Record<ThrottleKind, number>> = { account: 10, address: 20, pair: 5 }
/**
 * Seconds after which a failure counts half. Six hours: one an hour stays below 10 for ever, and who guesses as often as
 * they are heard gets no more tries than without.
 */
export const HALVED_AFTER = 21_600
/** Failures at an address that a right login there forgives. */
export const FORGIVEN = 2
/** Seconds that nobody has to wait longer than. */
const LONGEST_WAIT = 900

/** Seconds until the next attempt is heard, after so many failures: twice as long each time. */
export function waitAfter(kind: ThrottleKind, failures: number): number {
  const counted = failures - freeFailures[kind]
  return counted < 0 ? 0 : Math.min(2 ** counted, LONGEST_WAIT)
}

/** By what the failures of an account, an address or the two together are found. E-mail addresses differ in no case. */
export function hashThrottle(kind: ThrottleKind, email: string, network: string): Buffer {
  const account = email.toLowerCase()
  const parts = { account: [account], address: [network], pair: [account, network] }[kind]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}
