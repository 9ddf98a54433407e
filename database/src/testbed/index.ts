export { comparePersonalTables } from './compare-personal-tables.ts'
export { compareTables } from './compare-tables.ts'
export { openServer, type TestServer } from './open-server.ts'
export { openTestDatabase } from './open-test-database.ts'
