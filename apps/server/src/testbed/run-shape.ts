import { findPort } from './find-port.ts'
import { passwordOf, runServer, type ServerProcess, urlOf } from './run-server.ts'

/** The same services, in one process or each in its own. */
export const shapes = ['together', 'apart'] as const
export type Shape = (typeof shapes)[number]

/** All processes of an installation. */
export interface Installation {
  readonly url: string
  readonly ownerPassword: string
  readonly processes: readonly ServerProcess[]
  /** Ends all of them; gives their exit codes. */
  stop(): Promise<(number | null)[]>
}

/** Starts an installation in a folder, in the shape wanted. */
export async function runShape(
  shape: Shape,
  home: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Installation> {
  const processes: ServerProcess[] = []
  const run = (more: NodeJS.ProcessEnv, ...argv: string[]) => {
    const server = runServer({ FLATRENDER_HOME: home, ...environment, ...more }, ...argv)
    processes.push(server)
    return server
  }
  const stop = () => Promise.all(processes.toReversed().map((server) => server.stop()))
  try {
    if (shape === 'together') {
      const server = run({})
      return { url: await urlOf(server), ownerPassword: await passwordOf(server), processes, stop }
    }
    const FLATRENDER_INTERNAL_PORT = await findPort()
    const FLATRENDER_IDENTITY_URL = `http://127.0.0.1:${FLATRENDER_INTERNAL_PORT}`
    const findUrl = (server: ServerProcess) => server.find(/answers other services at (\S+)/)
    // Side by side: whoever comes first makes the database, the others wait for it.
    const content = run({}, '--services=content')
    const notification = run({ FLATRENDER_IDENTITY_URL }, '--services=notification')
    const file = run({ FLATRENDER_IDENTITY_URL }, '--services=file')
    const FLATRENDER_CONTENT_URL = await findUrl(content)
    const FLATRENDER_NOTIFICATION_URL = await findUrl(notification)
    const FLATRENDER_FILE_URL = await findUrl(file)
    const known = { FLATRENDER_IDENTITY_URL, FLATRENDER_CONTENT_URL, FLATRENDER_FILE_URL }
    const render = run(known, '--services=render')
    const FLATRENDER_RENDER_URL = await findUrl(render)
    const elsewhere = { ...known, FLATRENDER_RENDER_URL, FLATRENDER_NOTIFICATION_URL }
    const identity = run({ ...elsewhere, FLATRENDER_INTERNAL_PORT }, '--services=identity')
    const ownerPassword = await passwordOf(identity)
    const gateway = run(elsewhere, '--services=gateway')
    await notification.find(/Running/)
    return { url: await urlOf(gateway), ownerPassword, processes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
