import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { root } from '../engine/bench-files.ts'

/** A render node of the bench's own, in a process of its own. */
export interface BenchNode {
  stop(): Promise<void>
}

const PROGRAM = path.join(root, 'apps/cli/bin/flatrender.mjs')
/** Keeps a process and its children on one core, on Linux. */
const TASKSET = '/usr/bin/taskset'

/** Starts `flatrender node start` with one worker, on one core where the system can bind it. */
export async function startBenchNode(
  { url, token, home }: { url: string; token: string; home: string },
  core: number,
): Promise<BenchNode> {
  const canBind = await access(TASKSET).then(
    () => true,
    () => false,
  )
  const words = [process.execPath, PROGRAM, 'node', 'start', '--server', url, '--home', home]
  const [command = '', ...argv] = canBind ? [TASKSET, '-c', String(core), ...words] : words
  const child = spawn(command, argv, {
    env: { ...process.env, FLATRENDER_WORKERS: '1', FLATRENDER_NODE_TOKEN: token },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}
