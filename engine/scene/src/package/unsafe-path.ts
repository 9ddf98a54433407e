/** Why a path may not stand in a package, as the end of “which …”; undefined when it may. */
export function describeUnsafePath(path: string): string | undefined {
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is an absolute path'
  // A line break in a name could make two packages look the same to the content hash.
  if (/[\\\p{Cc}]/u.test(path)) return 'has a character that no path here has'
  if (path.split('/').some((part) => part === '..' || part === '.' || part === ''))
    return 'leads out of the package'
  return undefined
}
