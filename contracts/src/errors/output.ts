import { defineErrors } from './define-errors.ts'

/** What is written: files, folders, formats. */
export const outputErrors = defineErrors({
  OUTPUT_FOLDER_MISSING: {
    status: 422,
    retryable: false,
    sentence: 'The folder “{folder}” for the output does not exist.',
    remedy: 'Create it first, or choose another path with -o.',
  },
  OUTPUT_FORMAT_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'No output format belongs to “{file}”.',
    remedy: 'End the name in one of: {known}.',
  },
  OUTPUT_IS_INPUT: {
    status: 422,
    retryable: false,
    sentence: 'Writing “{file}” would destroy “{input}”, which it is made from.',
    remedy: 'Choose another path for what is written.',
  },
  OUTPUT_SETTINGS_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The output setting {setting} cannot be {value}: {reason}.',
    remedy:
      'Choose another value; the API’s reference lists them at `output` of `POST /renders`, the command line with `flatrender render --help`.',
  },
  OUTPUT_DISK_FULL: {
    status: 507,
    retryable: true,
    sentence: 'The disk that holds “{file}” is full.',
    remedy: 'Free some space, or lower the cache’s size, and start again; finished segments are kept.',
  },
  OUTPUT_UNWRITABLE: {
    status: 422,
    retryable: false,
    sentence: 'The file “{file}” cannot be written: {reason}.',
    remedy: 'Check the rights of the folder, or choose another path.',
  },
})
