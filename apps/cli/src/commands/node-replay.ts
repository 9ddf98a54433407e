import { readFile } from 'node:fs/promises'
import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import { type NodeCrash, nodeOrderSchema } from '@flatrender/contracts/node'
import { openEngine, replayOrder } from '@flatrender/node'
import type { Command } from 'commander'
import { z } from 'zod'
import { exitCodes } from '../exit-code.ts'
import type { Session } from '../session.ts'

interface NodeReplayOptions {
  readonly server: string
  readonly key?: string
}

/** What is needed of a crash record. */
const recordSchema = z.object({
  kind: z.string(),
  signal: z.string().nullable(),
  frame: z.number().nullable(),
  engineBuild: z.string(),
  order: nodeOrderSchema,
})

/** `flatrender node replay`: the order that a worker died of, once more. */
export function addNodeReplayCommand(node: Command, session: Session): void {
  node
    .command('replay <crash>')
    .description(
      'Run the order that a worker died of again, and say whether it dies again. Nothing is reported.',
    )
    .requiredOption('--server <url>', 'where the FlatRender server is')
    .option('--key <key>', 'API key with the scope nodes:write; FLATRENDER_API_KEY as well')
    .addHelpText(
      'after',
      `
<crash> is an id of \`GET /nodes/{id}\`, or a file with the answer of \`GET /nodes/crashes/{id}\`.
It ends with 1 where the worker dies again.

Examples:
  flatrender node replay 01934c2e-7d1a-7c55-9d5a-3f0c6a1b2c3d --server https://video.example --key fr_live_…
  flatrender node replay crash.json --server https://video.example`,
    )
    .action((crash: string, options: NodeReplayOptions) => runReplay(crash, options, session))
}

async function runReplay(crash: string, options: NodeReplayOptions, session: Session): Promise<void> {
  const { console, settings, signal, environment } = session
  const server = URL.canParse(options.server) ? new URL(options.server).href : undefined
  if (server === undefined)
    throw new FlatRenderError('COMMAND_WRONG', { reason: `--server takes an address, not ${options.server}` })
  const record = z.uuid().safeParse(crash).success
    ? await fetchRecord(crash, server, options.key ?? settings.apiKey, signal)
    : parseRecord(crash, await readFile(crash, 'utf8').catch(() => ''))
  const { build, failure } = await replayOrder({
    order: record.order,
    server,
    openEngine: openEngine({
      workers: 1,
      memory: settings.workerMemory,
      silence: settings.workerSilence,
      environment,
    }),
    signal,
  })
  if (build !== record.engineBuild)
    console.note(`The crash was of the engine build “${record.engineBuild}”, and this is “${build}”.`)
  if (failure === undefined) return console.note('It does not die here: the order is carried out.')
  process.exitCode = exitCodes.failed
  if (failure.crash !== undefined) return console.note(`It dies again: ${describeCrash(failure.crash)}`)
  const error = new FlatRenderError(failure.code as ErrorCode, failure.data as ErrorData)
  console.note(`No worker dies, but the order fails: ${error.code}: ${error.message}`)
}

function describeCrash({ kind, signal, exitCode, piece, frame, lastLines }: NodeCrash): string {
  const end = signal ?? (exitCode === null ? kind : `exit code ${exitCode}`)
  const place = frame === null ? '' : `, at frame ${frame}${piece === null ? '' : ` of ${piece}`}`
  return `${kind} (${end})${place}\n${lastLines}`.trimEnd()
}

/** Errors: SERVICE_UNAVAILABLE, CRASH_RECORD_INVALID, and what the server says. */
async function fetchRecord(id: string, server: string, key: string | undefined, signal: AbortSignal) {
  const url = new URL(`api/v1/nodes/crashes/${id}`, server.endsWith('/') ? server : `${server}/`)
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const response = await fetch(url, { headers, redirect: 'error', signal }).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: server }, { cause })
  })
  const text = await response.text()
  if (response.ok) return parseRecord(id, text)
  const problem = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() })
  const { code, data } = problem.safeParse(parseJson(text)).data ?? { code: '' }
  if (!(code in errorDefinitions)) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: server })
  throw new FlatRenderError(code as ErrorCode, (data ?? {}) as ErrorData)
}

/** Errors: CRASH_RECORD_INVALID. */
function parseRecord(crash: string, text: string) {
  const { data } = recordSchema.safeParse(parseJson(text))
  if (data === undefined) throw new FlatRenderError('CRASH_RECORD_INVALID', { crash })
  return data
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // It says by throwing that a text is none.
    return undefined
  }
}
