export { listSet } from './list-set.ts'
export { refuseMistyped, refuseUnknown } from './refuse-unknown.ts'
