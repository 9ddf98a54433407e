export { mapAtOnce } from './map-at-once.ts'
export { fileRoutes, SIGNED_FILES_PATH } from './signed-files.ts'
