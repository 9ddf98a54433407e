import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openApi } from '../api-client.ts'
import { findPostgres, killHard } from '../kill-hard.ts'
import { passwordOf, runServer, type ServerProcess, urlOf } from '../run-server.ts'
import { findWorkers } from './find-workers.ts'
import { type Cable, layCable } from './lay-cable.ts'
import { mountDisk } from './mount-disk.ts'
import type { Dice } from './open-dice.ts'
import { type Faults, type FaultyWay, openFaultyWay } from './open-faulty-way.ts'

/** A render node as a process of its own, behind a network of its own. */
export interface ChaosNode {
  readonly name: string
  readonly home: string
  readonly way: FaultyWay
  /** What joins its machine to ours; none where it has no network of its own. */
  readonly cable: Cable | undefined
  /** All that it has said so far. */
  output(): string
  isAlive(): boolean
  start(): void
  /** Kills it and its workers as a power cut does. */
  kill(): Promise<void>
  /** Kills one of its workers; false if it has none now. */
  killWorker(): boolean
  /** Leaves no room on its disk until `empty`. */
  fillDisk(): Promise<void>
  emptyDisk(): Promise<void>
}

/** An installation and its nodes, to be struck. */
export interface ChaosFarm {
  /** Where the gateway is now; another address after each start. */
  url(): string
  /** All that its servers have said. */
  output(): string
  readonly home: string
  readonly ownerPassword: string
  readonly nodes: readonly ChaosNode[]
  /** Has each node a small disk of its own, which can be filled? */
  readonly hasDisks: boolean
  /** And a network of its own, whose cable can be pulled? */
  readonly hasCables: boolean
  /** Kills the server as a power cut does, and starts it again. */
  killServer(): Promise<void>
  killPostgres(): Promise<void>
  close(): Promise<void>
}

/** How the farm is made up. */
export interface FarmOptions {
  readonly home: string
  readonly dice: Dice
  readonly faults: Faults
  /** Seconds that each node's clock is off. */
  readonly clocks: readonly number[]
  readonly environment: NodeJS.ProcessEnv
}

/** The disk of a node, and what no room is left by. */
const DISK_MEGABYTES = 256
const BALLAST_BYTES = 512e6

const command = fileURLToPath(new URL('../../../../cli/bin/flatrender.mjs', import.meta.url))
const shiftClock = new URL('shift-clock.mjs', import.meta.url)

/** Starts an installation without a node of its own, and nodes beside it. */
export async function openFarm(options: FarmOptions): Promise<ChaosFarm> {
  const stack = new AsyncDisposableStack()
  try {
    return await startFarm(options, stack)
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function startFarm(options: FarmOptions, stack: AsyncDisposableStack): Promise<ChaosFarm> {
  const { home, dice, environment, clocks } = options
  const said: ServerProcess[] = []
  const run = () => {
    const started = runServer({ FLATRENDER_HOME: home, ...environment })
    said.push(started)
    return started
  }
  let server = run()
  stack.defer(async () => void (await server.stop()))
  let url = await urlOf(server)
  const ownerPassword = await passwordOf(server)
  const tokens = await makeNodes(url, ownerPassword, clocks.length)
  const nodes: ChaosNode[] = []
  let [hasDisks, hasCables] = [true, true]
  for (const [index, clock] of clocks.entries()) {
    const name = `node ${index + 1}`
    const folder = path.join(home, `node-${index + 1}`)
    const disk = await mountDisk(folder, DISK_MEGABYTES)
    if (disk !== undefined) stack.defer(disk.unmount)
    hasDisks &&= disk !== undefined
    const cable = await layCable()
    if (cable !== undefined) stack.defer(cable.remove)
    hasCables &&= cable !== undefined
    const { faults } = options
    const way = await openFaultyWay(url, dice.fork(name), { faults, address: cable?.address ?? '127.0.0.1' })
    stack.defer(way.close)
    const node = describeNode({ name, home: folder, way, cable, clock, token: tokens[index]! })
    stack.defer(node.kill)
    node.start()
    nodes.push(node)
  }
  return {
    home,
    ownerPassword,
    nodes,
    hasDisks,
    hasCables,
    url: () => url,
    output: () => said.map((each) => each.output()).join('\n'),
    async killServer() {
      await killHard(server)
      server = run()
      url = await urlOf(server)
      for (const { way } of nodes) way.lead(url)
    },
    async killPostgres() {
      try {
        process.kill(await findPostgres(home), 'SIGKILL')
      } catch (error) {
        // It is dead already, and not yet started again.
        if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
    },
    close: () => stack.disposeAsync(),
  }
}

/** One-time tokens for so many nodes. */
async function makeNodes(url: string, password: string, count: number): Promise<string[]> {
  const api = openApi(url)
  const login = { email: 'owner@flatrender.local', password }
  const { accessToken: token } = (await api('POST', '/auth/login', { body: login })).body
  const tokens: string[] = []
  for (let node = 1; node <= count; node++) {
    const { status, body } = await api('POST', '/nodes', { token, body: { name: `node ${node}` } })
    if (status !== 201) throw new Error(`no node was made: ${JSON.stringify(body)}`)
    tokens.push(body.token)
  }
  return tokens
}

function describeNode({
  name,
  home,
  way,
  cable,
  clock,
  token,
}: Pick<ChaosNode, 'name' | 'home' | 'way' | 'cable'> & { clock: number; token: string }): ChaosNode {
  let text = ''
  let child: ChildProcess | undefined
  const isAlive = () => child !== undefined && child.exitCode === null && child.signalCode === null
  const ballast = path.join(home, 'ballast')
  return {
    name,
    home,
    way,
    cable,
    output: () => text,
    isAlive,
    start() {
      const [program, ...words] = [
        ...(cable?.words ?? []),
        ...[process.execPath, command, 'node', 'start', '--server', way.url, '--token', token],
        ...['--home', home, '--workers', '1'],
      ]
      // A group of its own, so that its workers can be killed with it.
      child = spawn(program!, words, {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...(clock !== 0 && { NODE_OPTIONS: `--import ${shiftClock.href}?seconds=${clock}` }),
        },
      })
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
    },
    async kill() {
      if (child?.pid === undefined || !isAlive()) return
      const gone = once(child, 'exit')
      process.kill(-child.pid, 'SIGKILL')
      await gone
    },
    killWorker() {
      const worker = child?.pid === undefined ? undefined : findWorkers(child.pid)[0]
      if (worker === undefined) return false
      process.kill(worker, 'SIGKILL')
      return true
    },
    async fillDisk() {
      await writeFile(ballast, new Uint8Array(BALLAST_BYTES)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error
      })
    },
    emptyDisk: () => rm(ballast, { force: true }),
  }
}
