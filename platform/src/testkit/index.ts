export { openTestDatabase, type TestDatabase } from './open-test-database.ts'
export type { TestSchema } from './test-schema.ts'
