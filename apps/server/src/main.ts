// `npm start`: all services in this process, or those named with --services, until Ctrl-C.
import { FlatRenderError } from '@flatrender/contracts/errors'
import { createReporter } from './reporter.ts'
import { readServices, readSettings } from './settings.ts'
import { start } from './start.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

process.exitCode = await run().catch((error: unknown) => {
  if (stop.signal.aborted) return 130
  process.stderr.write(`${describe(error)}\n`)
  return 1
})
// Whatever a library left behind must not keep a stopped server alive.
process.exit()

async function run(): Promise<number> {
  const running = await start({
    settings: readSettings(process.env, process.cwd()),
    services: readServices(process.argv.slice(2)),
    report: createReporter((text) => process.stdout.write(text)),
    onError: (error, where) => process.stderr.write(`${where}: ${describe(error)}\n`),
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
