import { defineErrors } from './define-errors.ts'

/** The command line itself. */
export const commandErrors = defineErrors({
  COMMAND_WRONG: {
    status: 422,
    retryable: false,
    sentence: 'The command line is wrong: {reason}.',
    remedy: 'See `flatrender --help`, or --help after the command.',
  },
  SETTING_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The setting {setting} is wrong: {reason}.',
    remedy: 'Correct or unset that environment variable; `flatrender --help` lists them.',
  },
})
