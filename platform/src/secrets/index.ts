export { openSecretKey } from './open-secret-key.ts'
export { isSealedByFormer, type SecretKeys, seal, unseal } from './seal.ts'
