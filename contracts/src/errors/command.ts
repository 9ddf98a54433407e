import { defineErrors } from './define-errors.ts'

/** The command line itself. */
export const commandErrors = defineErrors({
  COMMAND_WRONG: {
    status: 422,
    retryable: false,
    sentence: 'The command line is wrong: {reason}.',
    remedy: 'See `flatrender --help`, or --help after the command; of the server `npm start -- --help`.',
  },
  SETTING_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The setting {setting} is wrong: {reason}.',
    remedy:
      'Correct or unset that environment variable; `npm start -- --help` lists those of the server, `flatrender --help` those of the command line.',
  },
  SETTING_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'There is no setting {setting}; {nearest} is the nearest.',
    remedy: 'Correct or unset that environment variable; `npm start -- --help` lists all of the server.',
  },
})
