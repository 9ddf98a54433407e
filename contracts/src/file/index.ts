import { files } from './files.ts'
import { rows } from './rows.ts'
import { uploads } from './uploads.ts'

export { type FileKind, fileKinds } from './values.ts'

/** What the file service answers. */
export const fileContract = { uploads, files, rows }
