import { findMissingPackages, type Lockfile } from '../lockfile/lockfile.ts'
import type { Verdict } from './check.ts'

/** Refuses a lockfile that `npm ci` would refuse on a fresh machine. */
export function checkLockfile(lockfile: Lockfile): Verdict {
  const missing = findMissingPackages(lockfile)
  return {
    problems: missing.map(
      ({ name, version }) => `package-lock.json lacks the optional ${name}@${version}; run \`npm run lock\``,
    ),
  }
}
