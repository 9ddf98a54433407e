import { describeNode } from './describe-node.ts'
import { enrol } from './enrol.ts'
import { openFarmClock } from './farm/farm-clock.ts'
import { keepAsking } from './farm/keep-asking.ts'
import { openFarm } from './farm/open-farm.ts'
import { openFileCache } from './files/file-cache.ts'
import { openCredential } from './identity/credential.ts'
import { openIdentity } from './identity/node-identity.ts'
import type { NodeOptions } from './node-options.ts'
import { openNodeHome } from './open-node-home.ts'
import { tellRetries } from './tell-retries.ts'
import { startWork } from './work/start-work.ts'

/** A node that works. */
export interface RunningNode {
  readonly id: string
  readonly name: string
  /** Rejected when the node can't go on: NODE_UNKNOWN where it was retired. Resolved when it is closed. */
  readonly ended: Promise<void>
  /** Takes no more work, ends what runs or gives it back, and says that it leaves. */
  close(): Promise<void>
}

/** What stands for the token of a node that needs none. */
const LOCAL = 'local'

/**
 * Starts a node: it enrols if it must, says that it has started, and works until it is closed. While the server is away it
 * keeps asking. Errors: NODE_NOT_ENROLLED, NODE_ENROLMENT_REFUSED, NODE_UNKNOWN, NODE_VERSION_REFUSED, NODE_HOME_TAKEN,
 * NODE_HOME_UNUSABLE, NODE_DISK_FULL; the signal's reason.
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { server, enrolment, signal, log } = options
  const stack = new AsyncDisposableStack()
  try {
    const home = await openNodeHome(options.home)
    stack.defer(() => home.close())
    const cache = await openFileCache({
      folder: home.files,
      limit: options.cacheBytes,
      server,
      onStuck: (error) => log.warn(`A file that was to make room could not be deleted: ${error}`),
    })
    await cache.evict()
    let identity = await openIdentity(home.folder, 'token' in enrolment ? enrolment.token : LOCAL)
    const clock = openFarmClock()
    const credential = openCredential(() => identity, clock)
    const farm = openFarm({ server, clock, credential })
    const engine = await options.openEngine(home.engine)
    stack.defer(() => engine.close())
    const description = describeNode(engine, options)
    const onRetry = tellRetries(log)
    identity = await enrol(farm, identity, { enrolment, description, signal, onRetry })
    const { name, heartbeatSeconds } = await keepAsking(
      () => farm.start({ description, templates: cache.templates() }, { signal }),
      { signal, onRetry },
    )
    const work = startWork({ ...options, home, cache, engine, farm, heartbeatSeconds, onRetry })
    stack.defer(() => work.close())
    log.info(`“${name}” works for ${server}`)
    const id = identity.nodeId ?? ''
    return { id, name, ended: work.ended, close: () => stack.disposeAsync() }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
