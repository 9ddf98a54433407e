import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { root } from '../engine/bench-files.ts'

/** A process of the bench that serves. */
export interface StartedServer {
  readonly child: ChildProcess
  /** What it printed until it was ready. */
  readonly text: string
  /** From the start of the process to its being ready, seconds. */
  readonly seconds: number
  stop(): Promise<void>
}

/** Starts a file of the repository and waits for it to print that it is ready. */
export async function startServer(
  file: string,
  environment: NodeJS.ProcessEnv,
  ready: RegExp,
): Promise<StartedServer> {
  const begun = performance.now()
  const child = spawn(process.execPath, [path.join(root, file)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    if (ready.test(text)) break
  }
  if (!ready.test(text)) throw new Error(`${file} ended before it was ready:\n${text}`)
  child.stdout.resume()
  return {
    child,
    text,
    seconds: (performance.now() - begun) / 1000,
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      await gone
    },
  }
}
