import { createHash, randomInt } from 'node:crypto'

/** Without 0, 1, i, l and o, which are easily mistaken. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
/** How many a user gets. */
const CODES = 10
/** 16 of 31 letters are 79 bits: too many to be guessed from their hash. */
const GROUPS = 4
const GROUP_LETTERS = 4

/** Ten new recovery codes, such as `abcd-efgh-jkmn-pqrs`. */
export function makeRecoveryCodes(): string[] {
  const letter = () => LETTERS[randomInt(LETTERS.length)]
  const group = () => Array.from({ length: GROUP_LETTERS }, letter).join('')
  return Array.from({ length: CODES }, () => Array.from({ length: GROUPS }, group).join('-'))
}

/** By what a user's recovery code is found again, however it is spaced and in whatever case. */
export function hashRecoveryCode(userId: string, code: string): Buffer {
  const letters = code.toLowerCase().replaceAll(/[\s-]/g, '')
  return createHash('sha256').update(`${userId}:${letters}`).digest()
}
