export { mapAtOnce } from './map-at-once.ts'
