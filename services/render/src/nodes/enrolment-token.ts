import { createHash, randomBytes } from 'node:crypto'

/** A token that makes one machine a node, once. */
export const makeEnrolmentToken = (): string => `fr_node_${randomBytes(32).toString('base64url')}`

/** By what it is found again: SHA-256, for it is long and random. */
export const hashEnrolmentToken = (token: string): Buffer => createHash('sha256').update(token).digest()
