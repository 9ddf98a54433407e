export { deletePersonalRows, findPersonalRows } from './personal-rows.ts'
export { type Person, type PersonalTable, type PersonalTables, personal } from './personal-table.ts'
export { readDeleted } from './read-deleted.ts'
