import { join } from 'node:path'

/** The folder that holds the whole repository. */
export const repositoryRoot: string = join(import.meta.dirname, '..', '..', '..')
