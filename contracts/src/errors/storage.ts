import { defineErrors } from './define-errors.ts'

/** Stored files: on disk or in S3. */
export const storageErrors = defineErrors({
  STORAGE_KEY_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'No stored file can have the key “{key}”: {reason}.',
    remedy: 'Name it by parts with / between, at most 800 bytes in all, none of them empty, . or ...',
  },
  STORED_FILE_MISSING: {
    status: 404,
    retryable: false,
    sentence: 'There is no stored file “{key}”.',
    remedy: 'Check its key; it may have been deleted.',
  },
  STORED_RANGE_INVALID: {
    status: 416,
    retryable: false,
    sentence: 'The stored file “{key}” has {bytes} bytes, and none of them are in the range asked for.',
    remedy: 'Ask for bytes that it has, or for all of it.',
  },
  STORED_FILE_DIFFERS: {
    status: 422,
    retryable: false,
    sentence: 'What came for “{key}” is not what was announced: its {what} is {found}, not {announced}.',
    remedy: 'Send the file again, whole; nothing was stored.',
  },
  STORED_PART_DIFFERS: {
    status: 409,
    retryable: true,
    sentence: 'Of “{key}” {bytes} bytes came so far: nothing else goes on there.',
    remedy: 'Ask HEAD at the same address where to go on, or send the file whole.',
  },
  STORAGE_FULL: {
    status: 507,
    retryable: true,
    sentence: 'The disk that holds {place} is full.',
    remedy: 'Free some space, then try again; nothing was stored.',
  },
  STORAGE_UNWRITABLE: {
    status: 503,
    retryable: true,
    sentence: 'Nothing can be stored in {place}: {reason}.',
    remedy: 'Check that it exists and that FlatRender may write there.',
  },
  STORAGE_UNREACHABLE: {
    status: 503,
    retryable: true,
    sentence: 'The storage {place} does not answer as it should: {reason}.',
    remedy: 'Check the settings FLATRENDER_S3_…, and that the server runs and takes these keys.',
  },
  STORED_ADDRESS_INVALID: {
    status: 403,
    retryable: false,
    sentence:
      'This address of a stored file is not valid: it was changed, is for another method, or has expired.',
    remedy: 'Ask for a new one where you got it from.',
  },
})
