import type { RawRoutes } from '../call/index.ts'

/** Where signed addresses of stored files are, behind the API's prefix. */
export const SIGNED_FILES_PATH = '/files/signed'

/** What S3 takes by one signed address as well. */
const MOST_BYTES = 5 * 1024 ** 3
const signed = {
  path: `${SIGNED_FILES_PATH}/*`,
  // The signature is the right.
  access: 'anyone',
  idleSeconds: 30,
} as const

/** Stored files by signed addresses. */
export const fileRoutes = {
  /** Gets a stored file, or a range of it. */
  get: {
    ...signed,
    method: 'GET',
    bodyLimit: 0,
  },
  /** Stores a file. */
  put: {
    ...signed,
    method: 'PUT',
    bodyLimit: MOST_BYTES,
  },
} as const satisfies RawRoutes
