import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A real server process of a test. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** All that it has printed so far. */
  output(): string
  /** The first match in what it prints, waited for; fails when the process ends before. */
  find(pattern: RegExp): Promise<string>
  /** Its exit code, once it has ended and said all. */
  readonly ended: Promise<number | null>
  /** Ends it as Ctrl-C does; gives its exit code, or none where it had to be killed after a minute. */
  stop(): Promise<number | null>
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const PATIENCE = 60_000
/** Where Node keeps what it made of our TypeScript: a server starts in half the time. The command line has it there too. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/compiled', import.meta.url))

/** Starts `apps/server` as a process, on free ports unless the environment says otherwise. */
export function runServer(environment: NodeJS.ProcessEnv, ...argv: string[]): ServerProcess {
  return runServerThrough([], environment, ...argv)
}

/** The same, started by another program: the words of its command line that come before the server's own. */
export function runServerThrough(
  program: readonly string[],
  environment: NodeJS.ProcessEnv,
  ...argv: string[]
): ServerProcess {
  const [command = '', ...words] = [...program, process.execPath, main, ...argv]
  const child = spawn(command, words, {
    env: {
      NODE_COMPILE_CACHE,
      ...process.env,
      FLATRENDER_PORT: '0',
      FLATRENDER_INTERNAL_PORT: '0',
      // Few tests render.
      FLATRENDER_NODE_WORKERS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      for (const listener of listeners) listener()
    })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.on('exit', () => {
    for (const listener of listeners) listener()
  })
  const find = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const fail = (why: string) => finish(() => reject(new Error(`${why} before ${pattern}:\n${text}`)))
      const timer = setTimeout(() => fail('it took too long'), PATIENCE)
      const finish = (end: () => void) => {
        clearTimeout(timer)
        listeners.delete(look)
        end()
      }
      const look = () => {
        const match = pattern.exec(text)
        if (match !== null) finish(() => resolve(match[1] ?? match[0]))
        else if (child.exitCode !== null || child.signalCode !== null) fail('the server ended')
      }
      listeners.add(look)
      look()
    })
  return {
    child,
    output: () => text,
    find,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      // One that doesn't end would hold up all tests to come.
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
      await gone
      clearTimeout(timer)
      return child.exitCode
    },
  }
}

/** An installation's folder of a test's own. */
export async function makeHome(): Promise<{ readonly home: string; remove(): Promise<void> }> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-server-'))
  return { home, remove: () => rm(home, { recursive: true, force: true }) }
}

/** Where the gateway of a started server listens. */
export const urlOf = (server: ServerProcess): Promise<string> => server.find(/Running at (\S+);/)

/** The password that the first start prints. */
export const passwordOf = (server: ServerProcess): Promise<string> => server.find(/their password (\S+)/)
