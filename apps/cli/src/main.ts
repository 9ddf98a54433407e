import { CommanderError } from 'commander'
import { openConsole } from './console.ts'
import { exitCodes } from './exit-code.ts'
import { createProgram } from './program.ts'
import { reportFailure } from './report-failure.ts'
import { readSettings } from './settings.ts'

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
  process.exitCode = await run(argv, console, cancel.signal)
  // Native threads and idle pipes must not keep a finished command alive.
  process.exit()
}

async function run(
  argv: readonly string[],
  console: ReturnType<typeof openConsole>,
  signal: AbortSignal,
): Promise<number> {
  try {
    const settings = readSettings(process.env, process.cwd())
    await createProgram({ console, settings, signal, environment: process.env }).parseAsync([...argv])
    return process.exitCode === undefined ? exitCodes.done : Number(process.exitCode)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.input
    return reportFailure(error, console, signal, argv.includes('--json'))
  }
}
