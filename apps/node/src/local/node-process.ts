// The server's own node, in a process of its own: whatever native code does to it, the server lives. It ends with its server.
import { once } from 'node:events'
import { type ErrorCode, errorDefinitions, FlatRenderError } from '@flatrender/contracts/errors'
import { openEngine } from '../open-engine.ts'
import { type RunningNode, startNode } from '../start-node.ts'
import type { FromNode, LocalNodeSettings, ToNode } from './messages.ts'

const stop = new AbortController()
let running: RunningNode | undefined

const send = (message: FromNode): void => {
  if (process.connected) process.send?.(message)
}
const say = (level: 'info' | 'warn') => (words: string) => send({ type: 'said', level, words })

// Ctrl-C reaches the whole process group; the server decides what becomes of its node.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// Nobody is there to report to: jobs that run are others' when their leases end.
process.on('disconnect', () => process.exit(1))
process.on('message', (message: ToNode) => {
  if (message.type === 'close') stop.abort()
})

const [first] = (await once(process, 'message')) as [ToNode]
process.exitCode = first.type === 'start' ? await run(first.settings) : 0
process.exit()

async function run(settings: LocalNodeSettings): Promise<number> {
  try {
    running = await startNode({
      ...settings,
      enrolment: { enrol },
      onlyWhenIdle: false,
      openEngine: openEngine({ ...settings, environment: process.env }),
      signal: stop.signal,
      log: { info: say('info'), warn: say('warn') },
    })
    send({ type: 'started', name: running.name })
    const left = new Promise<void>((resolve) => {
      if (stop.signal.aborted) resolve()
      stop.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await Promise.race([left, running.ended])
    await running.close()
    return 0
  } catch (error) {
    if (stop.signal.aborted) return 0
    const { message } = error as Error
    say('warn')(
      error instanceof FlatRenderError ? `${error.code}: ${message} ${error.remedy}` : String(error),
    )
    await running?.close()
    return 1
  }
}

/** Asks the server itself, which trusts what it has started. Errors: what it says; SERVICE_UNAVAILABLE where it can't. */
async function enrol(publicKey: string, description: Extract<FromNode, { type: 'enrol' }>['description']) {
  send({ type: 'enrol', publicKey, description })
  for (;;) {
    const [answer] = (await once(process, 'message', { signal: stop.signal })) as [ToNode]
    if (answer.type === 'enrolled') return { nodeId: answer.nodeId }
    if (answer.type === 'not enrolled')
      throw answer.code !== undefined && answer.code in errorDefinitions
        ? new FlatRenderError(answer.code as ErrorCode, answer.data)
        : new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'render' })
  }
}
