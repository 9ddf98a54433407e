import { quietCompilers } from '@flatrender/platform/process'
import { openConsole } from './console.ts'
import { exitCodes } from './exit-code.ts'
import { runCommand } from './run-command.ts'

/** Two SIGINTs within so many milliseconds are one Ctrl-C. */
const HANDED_ON = 500

/** Runs the command line and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const console = openConsole(process.stdin, process.stdout, process.stderr)
  // SVT-AV1 writes its settings to stderr whatever FFmpeg's log level is.
  process.env.SVT_LOG ??= '0'
  const cancel = new AbortController()
  let first = Number.POSITIVE_INFINITY
  process.on('SIGINT', () => {
    // A later Ctrl-C doesn't wait for anything; one signal may come twice, from the terminal and handed on.
    if (performance.now() - first > HANDED_ON) process.exit(exitCodes.cancelled)
    first = Math.min(first, performance.now())
    cancel.abort()
  })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancel.abort())
  // Somebody reads only the first lines: `flatrender … | head`. What is under way ends as if it were cancelled.
  process.stdout.on('error', () => cancel.abort())
  process.exitCode = await runCommand(argv, {
    console,
    environment: process.env,
    folder: process.cwd(),
    signal: cancel.signal,
  })
  quietCompilers()
  // Native threads and idle pipes must not keep a finished command alive.
  process.exit()
}
