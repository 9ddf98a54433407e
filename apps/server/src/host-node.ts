import { hostname } from 'node:os'
import path from 'node:path'
import { type Client, callAsSystem } from '@flatrender/contracts/call'
import type { renderServiceContract } from '@flatrender/contracts/render'
import { type LocalNode, startLocalNode } from '@flatrender/node'
import type { Logger } from '@flatrender/platform/observe'
import type { Settings } from './settings.ts'

/** Seconds that jobs may go on once the server is asked to stop. */
const DRAIN = 10

/** A node beside this process, and the farm that it works for. */
export interface HostNodeOptions {
  readonly settings: Settings
  /** Where the gateway listens. */
  readonly server: string
  readonly workers: number
  readonly render: Pick<Client<typeof renderServiceContract>, 'nodes'>
  readonly log: Logger
}

/** Starts the node of this machine; whoever started it vouches for it, so it needs no token. */
export function hostNode({ settings, server, workers, render, log }: HostNodeOptions): LocalNode {
  return startLocalNode({
    settings: {
      server,
      workers,
      home: path.join(settings.home, 'node'),
      memory: Math.floor(settings.FLATRENDER_WORKER_MEMORY_GIGABYTES * 1e9),
      silence: settings.FLATRENDER_WORKER_SILENCE_SECONDS * 1000,
      cacheBytes: settings.FLATRENDER_CACHE_GIGABYTES * 1e9,
      drainSeconds: DRAIN,
    },
    enrol: (publicKey, description) =>
      render.nodes.enrolLocal({ name: hostname(), publicKey, description }, { context: callAsSystem() }),
    environment: process.env,
    log,
  })
}
