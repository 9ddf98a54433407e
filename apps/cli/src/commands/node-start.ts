import path from 'node:path'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { MOST_NODE_WORKERS } from '@flatrender/contracts/node'
import { openEngine, type RunningNode, startNode } from '@flatrender/node'
import type { Command } from 'commander'
import { exitCodes } from '../exit-code.ts'
import type { Session } from '../session.ts'

interface NodeStartOptions {
  readonly server: string
  readonly token?: string
  readonly home?: string
  readonly workers?: string
  readonly cacheGigabytes?: string
  readonly drainSeconds: string
  readonly onlyWhenIdle?: boolean
}

/** `flatrender node start`: this machine as a render node, until Ctrl-C. */
export function addNodeStartCommand(node: Command, session: Session): void {
  node
    .command('start')
    .description('Make this machine a render node and work until Ctrl-C; it asks, and is never called.')
    .requiredOption('--server <url>', 'where the FlatRender server is')
    .option(
      '--token <token>',
      'one-time token of `POST /nodes`, for the first start; FLATRENDER_NODE_TOKEN as well',
    )
    .option('--home <folder>', 'the node’s folder: its key, its cache (default: node in FLATRENDER_HOME)')
    .option('--workers <count>', 'jobs at a time (default: FLATRENDER_WORKERS, or one a core)')
    .option('--cache-gigabytes <size>', 'of inputs that are kept (default: FLATRENDER_CACHE_GIGABYTES)')
    .option('--only-when-idle', 'work only while nobody else uses this machine')
    .option('--drain-seconds <seconds>', 'that jobs may go on after Ctrl-C before they are given back', '30')
    .addHelpText(
      'after',
      `
Examples:
  flatrender node start --server https://video.example --token fr_node_…
  flatrender node start --server https://video.example --only-when-idle --workers 2 --cache-gigabytes 20`,
    )
    .action((options: NodeStartOptions) => runNode(options, session))
}

async function runNode(options: NodeStartOptions, session: Session): Promise<void> {
  const { console, settings, signal, environment } = session
  const workers = readWorkers(options.workers, settings.workers)
  const memory = Math.floor(settings.workerMemory)
  const log = { info: console.note, warn: console.note }
  let node: RunningNode | undefined
  try {
    node = await startNode({
      server: readServer(options.server),
      enrolment: { token: options.token ?? settings.nodeToken },
      home: path.resolve(options.home ?? path.join(settings.home, 'node')),
      workers,
      memory,
      cacheBytes: readNumber('--cache-gigabytes', options.cacheGigabytes, settings.cacheLimit / 1e9) * 1e9,
      onlyWhenIdle: options.onlyWhenIdle === true,
      drainSeconds: readNumber('--drain-seconds', options.drainSeconds, 30),
      openEngine: openEngine({ workers, memory, silence: settings.workerSilence, environment }),
      signal,
      log,
    })
    await Promise.race([node.ended, aborted(signal)])
  } catch (error) {
    if (signal.aborted) return
    // Nothing of the command line is wrong.
    if (!isFlatRenderError(error, 'NODE_VERSION_REFUSED', 'NODE_UNKNOWN')) throw error
    console.note(`${error.code}: ${error.message} ${error.remedy}`)
    process.exitCode = exitCodes.failed
  } finally {
    await node?.close()
  }
}

/** Errors: COMMAND_WRONG. */
function readServer(text: string): string {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return url.href
  throw new FlatRenderError('COMMAND_WRONG', {
    reason: `--server takes an http or https address, not ${text}`,
  })
}

/** Errors: COMMAND_WRONG. */
function readWorkers(text: string | undefined, usual: number): number {
  if (text === undefined) return Math.min(MOST_NODE_WORKERS, usual)
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_NODE_WORKERS) return count
  throw new FlatRenderError('COMMAND_WRONG', {
    reason: `--workers takes a whole number from 1 to ${MOST_NODE_WORKERS}, not ${text}`,
  })
}

/** Errors: COMMAND_WRONG. */
function readNumber(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new FlatRenderError('COMMAND_WRONG', { reason: `${option} takes a number, not ${text}` })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
