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
  BATCH_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no batch {batch} here.',
    remedy: 'List those that there are with `GET /batches`.',
  },
  BATCH_REFUSED: {
    status: 422,
    retryable: false,
    sentence:
      '{count} of the {rows} rows cannot be rendered, so none is; the first is row {row} ({code}): {reason}.',
    remedy:
      'Mend the rows that `GET /batches/{batch}/rows?state=refused` lists and send all again, or leave `allOrNothing` out.',
  },
  BATCH_STATE_WRONG: {
    status: 409,
    retryable: false,
    sentence: 'The batch {batch} is {state}, so it cannot be {wanted}.',
    remedy: 'Look at its state first; what has ended stays as it is.',
  },
  BATCHES_TOO_MANY: {
    status: 429,
    retryable: true,
    sentence: '{open} batches of this account are not done yet, and {limit} are the most.',
    remedy: 'Wait until some have ended, or cancel some.',
  },
  BATCH_WITHOUT_FILES: {
    status: 409,
    retryable: true,
    sentence: 'The batch {batch} has no finished file that could be put into an archive.',
    remedy: 'Wait until one of its renders has succeeded; files that expired are made again one by one.',
  },
})
