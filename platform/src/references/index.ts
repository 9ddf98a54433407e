export {
  type AskMissing,
  type CheckedReference,
  checkReferences,
  type ReferenceCheck,
} from './check-references.ts'
export { findMissing } from './dangling-system-store.ts'
