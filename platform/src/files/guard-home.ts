import { FlatRenderError } from '@flatrender/contracts/errors'

/** A disk that is full, as Node, PostgreSQL (SQLSTATE 53100) and its programs say it. */
const FULL = /^(ENOSPC|EDQUOT|53100)$/
const SAYS_FULL = /No space left on device|Disk quota exceeded/i
/** Whatever else keeps a folder from being used, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'its disk can only be read',
  EEXIST: 'it is a file, or below one',
  ENOTDIR: 'it is a file, or below one',
  ENOENT: 'the system lets nothing be made there',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EISDIR: 'there is a folder where a file should be',
}

/**
 * Does some work in the installation's folder, and says in words what keeps the folder from being used. Errors:
 * HOME_UNUSABLE, HOME_DISK_FULL; those of the work.
 */
export async function guardHome<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw describe(folder, error)
  }
}

function describe(folder: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    if (FULL.test(code) || SAYS_FULL.test(message))
      return new FlatRenderError('HOME_DISK_FULL', { folder }, { cause: error })
  }
  const { code = '', syscall } = error as NodeJS.ErrnoException
  const reason = syscall === undefined ? undefined : REASONS[code]
  return reason === undefined
    ? error
    : new FlatRenderError('HOME_UNUSABLE', { folder, reason }, { cause: error })
}
