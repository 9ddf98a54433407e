import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeLockfile } from './lockfile/complete-lockfile.ts'
import type { Lockfile } from './lockfile/lockfile.ts'
import { repositoryRoot } from './repository/repository-root.ts'

// `npm run lock`, after `npm install` against a registry that has not every platform's packages: without their entries
// `npm ci` refuses the lockfile, on every machine.

const file = join(repositoryRoot, 'package-lock.json')
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile
writeFileSync(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`)
