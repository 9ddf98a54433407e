import { missingRows, rowsOfUser } from '../call/rows.ts'

/** What other services ask of rows: whose they are, and whether they are there. */
export const rows = {
  ofUser: rowsOfUser,
  missing: missingRows(['templates', 'template_versions']),
}
