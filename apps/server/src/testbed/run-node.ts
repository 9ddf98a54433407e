import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A real render node of a test, on this machine. */
export interface NodeProcess {
  output(): string
  readonly pid: number
  /** Ends it as a power cut does; its workers go with it. */
  kill(): Promise<void>
  /** Ends it as Ctrl-C does; gives its exit code. */
  stop(): Promise<number | null>
}

/** The command line. */
export const PROGRAM = fileURLToPath(new URL('../../../cli/bin/flatrender.mjs', import.meta.url))

/** Starts `flatrender node start` with one worker. */
export function runNode(server: string, home: string, token?: string): NodeProcess {
  const child = spawn(process.execPath, [PROGRAM, 'node', 'start', '--server', server, '--home', home], {
    env: { ...process.env, FLATRENDER_WORKERS: '1', ...(token && { FLATRENDER_NODE_TOKEN: token }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    output: () => text,
    pid: child.pid!,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      return child.exitCode
    },
  }
}
