import { rows } from './rows.ts'
import { templates } from './templates.ts'
import { versions } from './versions.ts'

/** What the content service answers. */
export const contentContract = { templates, versions, rows }
