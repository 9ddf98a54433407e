import type { RawRoutes } from '../call/index.ts'

/** Where a batch's archive is, behind the API's prefix. Its signature is in the query, which no log holds. */
export const ARCHIVE_PATH = '/archives/batch'

/** Archives of finished files by signed addresses. */
export const archiveRoutes = {
  /** A batch's finished files as one ZIP. */
  get: {
    method: 'GET',
    path: ARCHIVE_PATH,
    // The signature is the right.
    access: 'anyone',
    bodyLimit: 0,
    idleSeconds: 30,
  },
} as const satisfies RawRoutes
