import { words } from '@flatrender/contracts/identity'
import { z } from 'zod'
import type { Person } from './provider.ts'

const address = z.email().max(254)
/** Letters of a name that are kept. */
const LONGEST_NAME = 120

/** Takes of what a provider tells what is fit to be kept; a name is nobody's proof, so it is cut rather than refused. */
export function describePerson(told: {
  subject: string
  email: unknown
  emailVerified: unknown
  name: unknown
}): Person {
  const { subject, email, emailVerified, name } = told
  const parsed = address.safeParse(email)
  return {
    subject,
    email: parsed.success ? parsed.data : null,
    // Some write it as a string.
    emailVerified: emailVerified === true || emailVerified === 'true',
    name: typeof name === 'string' ? keepWords(name) : '',
  }
}

function keepWords(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const kept = [...plain.toWellFormed()].slice(0, LONGEST_NAME).join('').trim()
  return words.safeParse(kept).success ? kept : ''
}
