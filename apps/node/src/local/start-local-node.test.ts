import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { eventually } from '../testbed/eventually.ts'
import { openFarmServer } from '../testbed/open-farm-server.ts'
import { type LocalNodeOptions, startLocalNode } from './start-local-node.ts'

let farm: Awaited<ReturnType<typeof openFarmServer>>
let home: string

beforeEach(async () => {
  farm = await openFarmServer()
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-node-local-'))
})
afterEach(async () => {
  await farm.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

const start = (enrol: LocalNodeOptions['enrol'] = async (publicKey) => farm.know(publicKey)) => {
  const said: string[] = []
  const node = startLocalNode({
    settings: {
      server: farm.url,
      home,
      workers: 1,
      memory: 1e9,
      silence: 60_000,
      cacheBytes: 1e9,
      drainSeconds: 5,
    },
    enrol,
    environment: { ...process.env, FLATRENDER_SECRET_KEY: 'a key that no node needs' },
    log: { info: (words) => said.push(words), warn: (words) => said.push(words) },
  })
  return { node, said }
}
/** Processes of this home's node. */
const findProcesses = () => {
  const found = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return found.flatMap((line) => {
    const [, pid, parent, args = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? []
    return Number(parent) === process.pid && args.includes('node-process.ts') ? [Number(pid)] : []
  })
}

test('a node of the server’s own needs no token, and leaves with it', async () => {
  const { node, said } = start()
  await eventually(() => farm.asked('beat').length > 0)
  assert.equal(farm.asked('enrol').length, 0)
  await node.close()
  assert.deepEqual(farm.asked('release'), [{ leases: [], leaving: true }], said.join('\n'))
  assert.deepEqual(findProcesses(), [])
})

test('one that dies starts again as the same node', async () => {
  const { node, said } = start()
  await eventually(() => farm.asked('beat').length > 0)
  for (const pid of findProcesses()) process.kill(pid, 'SIGKILL')
  await eventually(() => farm.asked('start').length === 2)
  assert.match(said.join('\n'), /starts again/)
  assert.equal(new Set(farm.keys).size, 1)
  await node.close()
})

test('one that the server refuses says why', async () => {
  const { node, said } = start(async () => {
    throw new FlatRenderError('NODE_UNKNOWN')
  })
  await eventually(() => said.some((words) => /^NODE_UNKNOWN: .* Enrol the node/.test(words)))
  await node.close()
  assert.equal(farm.asked('start').length, 0)
})
