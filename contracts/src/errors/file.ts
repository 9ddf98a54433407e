import { defineErrors } from './define-errors.ts'

/** People's files. */
export const fileErrors = defineErrors({
  FILE_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no file {file} of yours[ ({place})].',
    remedy: 'List your files with `GET /files`.',
  },
  FILE_IN_USE: {
    status: 409,
    retryable: false,
    sentence: 'The file {file} is needed by work that has not ended.',
    remedy: 'Wait until it has, or cancel it; then delete the file.',
  },
  FILE_QUOTA_EXCEEDED: {
    status: 402,
    retryable: false,
    sentence: 'This needs {needed} bytes, and {available} of the account’s storage are free.',
    remedy: 'Delete files that are not needed any more, or take a larger plan.',
  },
  UPLOAD_UNKNOWN: {
    status: 404,
    retryable: false,
    sentence: 'There is no upload {upload} of yours.',
    remedy: 'Begin one with `POST /files/uploads`.',
  },
  UPLOAD_ENDED: {
    status: 409,
    retryable: false,
    sentence: 'The upload {upload} has ended: it is {state}.',
    remedy: 'Begin a new one with `POST /files/uploads`.',
  },
  UPLOAD_MISSING: {
    status: 409,
    retryable: false,
    sentence: 'Nothing has come for the upload {upload}.',
    remedy: 'Send the file by PUT to the address that the upload was given, then complete it.',
  },
  UPLOAD_DIFFERS: {
    status: 422,
    retryable: false,
    sentence: 'What came is not what was announced: its {what} is {found}, not {announced}.',
    remedy: 'Send the file again to the same address, whole, then complete the upload.',
  },
  UPLOAD_UNDER_WAY: {
    status: 409,
    retryable: true,
    sentence: 'The upload {upload} is being completed.',
    remedy: 'Ask again in a moment.',
  },
})
