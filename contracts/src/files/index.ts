export { fileRoutes, SIGNED_FILES_PATH } from './signed-files.ts'
