export { type NameServer, openNameServer } from './open-name-server.ts'
export { openTestDatabase, type TestDatabase } from './open-test-database.ts'
export { startTestS3, type TestS3 } from './start-test-s3.ts'
export type { TestSchema } from './test-schema.ts'
