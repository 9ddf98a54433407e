export { type SignedAnswer, type SignedRequest, serveSigned } from './address/serve-signed.ts'
export { openStorage, type StorageOptions, type StorageSettings } from './open-storage.ts'
export type {
  ByteRange,
  GetOptions,
  OpenFile,
  PutOptions,
  SignOptions,
  Storage,
  StoredFile,
} from './storage.ts'
