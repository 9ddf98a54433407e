export { compareTables } from './compare-tables.ts'
export { openTestDatabase } from './open-test-database.ts'
