export { isSigned } from './address/is-signed.ts'
export {
  ATTACHMENT_GUARDS,
  type SignedAnswer,
  type SignedRequest,
  serveSigned,
} from './address/serve-signed.ts'
export { writeDisposition } from './address/write-disposition.ts'
export { openStorage, type StorageOptions } from './open-storage.ts'
export type {
  ByteRange,
  GetOptions,
  OpenFile,
  PutOptions,
  SignOptions,
  Storage,
  StoredFile,
} from './storage.ts'
export { type StorageSettings, storageSettingsSchema } from './storage-settings.ts'
