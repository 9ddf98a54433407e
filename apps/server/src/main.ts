// `npm start`: all services in this process, or those named with --services, until Ctrl-C.
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type Logger, openLogger } from '@flatrender/platform/observe'
import { quietCompilers } from '@flatrender/platform/process'
import { createReporter } from './reporter.ts'
import { readServices, readSettings, type ServiceName, type Settings } from './settings.ts'
import { writeHelp } from './write-help.ts'

/** What people read goes to stdout, and to stderr what keeps it from starting; lines for machines follow there. */
const STDERR = 2

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

process.exitCode = await run().catch((error: unknown) => {
  if (stop.signal.aborted) return 130
  process.stderr.write(`${describe(error)}\n`)
  return 1
})
quietCompilers()
// Whatever a library left behind must not keep a stopped server alive.
process.exit()

async function run(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(writeHelp())
    return 0
  }
  const settings = readSettings(process.env, process.cwd())
  const services = readServices(process.argv.slice(2))
  const { FLATRENDER_LOG_LEVEL: level, FLATRENDER_LOG_FILE: destination = STDERR } = settings
  const log = openLogger({ level, destination })
  try {
    return await runUntilStopped(settings, services, log)
  } finally {
    await log.close()
  }
}

async function runUntilStopped(
  settings: Settings,
  services: readonly ServiceName[],
  log: Logger,
): Promise<number> {
  // All of us is read by now only: help, and what is wrong in the settings, don't wait for it.
  const { start } = await import('./start.ts')
  const running = await start({
    settings,
    services,
    report: createReporter((text) => process.stdout.write(text)),
    log,
    signal: stop.signal,
  })
  process.stdout.write(
    `\nRunning${running.url === undefined ? '' : ` at ${running.url}`}; Ctrl-C stops it.\n`,
  )
  await new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve()
    stop.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  process.stdout.write('Stopping…\n')
  await running.close()
  return 0
}

function describe(error: unknown): string {
  if (error instanceof FlatRenderError) return `${error.code}: ${error.message} ${error.remedy}`
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
  return `This is a bug in FlatRender; please report it with these lines.\n${stack}`
}
