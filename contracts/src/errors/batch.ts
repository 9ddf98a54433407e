import { defineErrors } from './define-errors.ts'

/** Many videos of one template. */
export const batchErrors = defineErrors({
  ROWS_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The rows in “{file}” cannot be read: {reason}.',
    remedy: 'Give CSV with a header line (commas, semicolons or tabs), or JSON lines, in UTF-8.',
  },
  ROW_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'Row {row} cannot be read: {reason}.',
    remedy: 'Mend that line of the table; cells that hold the separator itself need quotes around them.',
  },
  ROW_OUTPUT_TAKEN: {
    status: 422,
    retryable: false,
    sentence: 'Row {row} would write “{file}”, as row {other} does.',
    remedy: 'Use a column in the output’s name that differs from row to row, or the row’s number.',
  },
  ROW_COLUMN_MISSING: {
    status: 422,
    retryable: false,
    sentence: 'The output’s name asks for the column “{column}”, which row {row} does not have.',
    remedy: 'Name one of: {known}.',
  },
})
