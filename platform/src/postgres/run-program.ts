import { spawn } from 'node:child_process'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { findBinary, type PostgresProgram } from './find-binaries.ts'

/** Whoever is nobody else on the system. */
const OTHER_USER = 65_534

/** How a program is started: PostgreSQL refuses to run as root. */
type Disguise = 'none' | 'namespace' | 'user'

let disguise: Promise<Disguise> | undefined

/**
 * Runs one of PostgreSQL's programs to its end. As root it runs in a user namespace of its own, in which it is not root
 * and files stay as they are; where the system refuses that, as another user.
 * Errors: POSTGRES_FAILED with what the program said, POSTGRES_UNAVAILABLE.
 */
export async function runProgram(program: PostgresProgram, args: readonly string[]): Promise<void> {
  disguise ??= chooseDisguise()
  const binary = findBinary(program)
  const how = await disguise
  const { code, said } =
    how === 'namespace'
      ? await run('unshare', [...NAMESPACE, binary, ...args])
      : await run(binary, args, how === 'user' ? { uid: OTHER_USER, gid: OTHER_USER } : {})
  if (code !== 0)
    throw new FlatRenderError('POSTGRES_FAILED', { program, reason: said || `exit code ${code}` })
}

/** The user whose the data folder must be; undefined where it is ours anyway. */
export async function ownerOfData(): Promise<number | undefined> {
  disguise ??= chooseDisguise()
  return (await disguise) === 'user' ? OTHER_USER : undefined
}

const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000']

async function chooseDisguise(): Promise<Disguise> {
  if (process.getuid?.() !== 0) return 'none'
  const { code } = await run('unshare', [...NAMESPACE, 'true'])
  return code === 0 ? 'namespace' : 'user'
}

/** Its server lives on and keeps the pipes of what started it: the end of the program counts, not that of its output. */
function run(
  command: string,
  args: readonly string[],
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...user, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    child.on('error', (error) => resolve({ code: 127, said: error.message }))
    child.on('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({ code: code ?? 1, said: said.trim().replaceAll(/\s*\n\s*/g, ' / ') })
      })
    })
  })
}
