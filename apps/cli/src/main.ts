import { openConsole } from './console.ts'
import { exitCodes } from './exit-code.ts'
import { runCommand } from './run-command.ts'

/** Runs the command line and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const console = openConsole(process.stdout, process.stderr)
  // SVT-AV1 writes its settings to stderr whatever FFmpeg's log level is.
  process.env.SVT_LOG ??= '0'
  const cancel = new AbortController()
  process.on('SIGINT', () => {
    // The second Ctrl-C doesn't wait for anything.
    if (cancel.signal.aborted) process.exit(exitCodes.cancelled)
    cancel.abort()
  })
  process.on('SIGTERM', () => cancel.abort())
  // Somebody reads only the first lines: `flatrender … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : exitCodes.failed),
  )
  process.exitCode = await runCommand(argv, {
    console,
    environment: process.env,
    folder: process.cwd(),
    signal: cancel.signal,
  })
  // Native threads and idle pipes must not keep a finished command alive.
  process.exit()
}
