import type { SealedPlace } from '@flatrender/contracts/secrets'
import { isSealedByFormer, type SecretKeys, seal, unseal } from './seal.ts'

/** Gives what is sealed for a place sealed by the present key. Errors: SECRET_UNREADABLE. */
export function reseal(keys: SecretKeys, place: SealedPlace, sealed: Buffer): Buffer {
  return isSealedByFormer(keys, sealed) ? seal(keys, place, unseal(keys, place, sealed)) : sealed
}
