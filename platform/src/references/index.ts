export {
  type AskMissing,
  type CheckedReference,
  checkReferences,
  type ReferenceCheck,
} from './check-references.ts'
