import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { NodeDescription } from '@flatrender/contracts/node'
import type { NodeLog } from '../node-log.ts'
import { omitOurs } from '../open-engine.ts'
import type { FromNode, LocalNodeSettings, ToNode } from './messages.ts'

/** A node that a server runs beside itself. */
export interface LocalNodeOptions {
  readonly settings: LocalNodeSettings
  /** Makes the node known by its key (base64url); again, it is the same one. */
  readonly enrol: (publicKey: string, description: NodeDescription) => Promise<{ readonly nodeId: string }>
  /** What the process inherits. */
  readonly environment: NodeJS.ProcessEnv
  readonly log: NodeLog
}

/** A node in a process of its own. */
export interface LocalNode {
  /** Lets it end what runs, or give it back; resolved when its process is gone. */
  close(): Promise<void>
}

/** Milliseconds until a node that ended by itself is started again: at first, and at most. */
const [FIRST, LONGEST] = [1_000, 60_000]
/** Who lived so long began well, milliseconds. */
const LIVED = 60_000
/** Milliseconds beyond its drain that a node is given to end. */
const PATIENCE = 15_000

/** Starts a node in a process of its own, and again whenever it ends. */
export function startLocalNode(options: LocalNodeOptions): LocalNode {
  const closing = new AbortController()
  let child: ChildProcess | undefined
  const live = async () => {
    let pause = FIRST
    while (!closing.signal.aborted) {
      const begun = performance.now()
      const started = startProcess(options)
      child = started
      await new Promise((resolve) => started.once('exit', resolve))
      if (closing.signal.aborted) return
      pause = performance.now() - begun > LIVED ? FIRST : Math.min(LONGEST, pause * 2)
      options.log.warn(`The node here has ended and starts again in ${pause / 1000} s`)
      await setTimeout(pause, undefined, { signal: closing.signal }).catch(() => {})
    }
  }
  const life = live()
  return {
    async close() {
      closing.abort()
      if (child?.connected) child.send({ type: 'close' } satisfies ToNode)
      const kill = globalThis.setTimeout(
        () => child?.kill('SIGKILL'),
        options.settings.drainSeconds * 1000 + PATIENCE,
      )
      await life
      clearTimeout(kill)
    },
  }
}

function startProcess({ settings, enrol, environment, log }: LocalNodeOptions): ChildProcess {
  const child = fork(fileURLToPath(new URL('./node-process.ts', import.meta.url)), [], {
    env: omitOurs(environment),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ours may be a debugger's port or a test runner's flags.
    execArgv: [],
  })
  const send = (message: ToNode) => {
    if (child.connected) child.send(message, () => {})
  }
  child.on('message', (message: FromNode) => {
    if (message.type === 'said') log[message.level](message.words)
    if (message.type === 'enrol')
      enrol(message.publicKey, message.description).then(
        ({ nodeId }) => send({ type: 'enrolled', nodeId }),
        (error: unknown) => {
          const { code, data = {} } = isFlatRenderError(error) ? error : { code: undefined }
          send({ type: 'not enrolled', code, data })
        },
      )
  })
  // Who can't even be started has no exit; it is as if it had ended.
  child.on('error', () => child.emit('exit', null, null))
  send({ type: 'start', settings })
  return child
}
