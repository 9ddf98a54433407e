import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { type Api, eventually, openApi } from './testbed/api-client.ts'
import { findWorkers } from './testbed/chaos/find-workers.ts'
import { killHard } from './testbed/kill-hard.ts'
import { openWay } from './testbed/open-way.ts'
import { type NodeProcess, PROGRAM, runNode } from './testbed/run-node.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let environment: NodeJS.ProcessEnv
let server: ServerProcess
let url: string
let api: Api
let owner: string
const nodes: NodeProcess[] = []
const homeOf = (name: string) => path.join(home.home, `node-${name}`)

before(async () => {
  home = await makeHome()
  const FLATRENDER_PORT = String(await findPort())
  environment = { FLATRENDER_HOME: home.home, FLATRENDER_PORT, FLATRENDER_RENDER_LEASE_SECONDS: '6' }
  server = runServer(environment)
  url = await urlOf(server)
  api = openApi(url)
  const login = { email: 'owner@flatrender.local', password: await passwordOf(server) }
  owner = (await api('POST', '/auth/login', { body: login })).body.accessToken
  const { id: accountId } = (await api('GET', '/me', { token: owner })).body
  const grant = { accountId, amount: 1000, reference: 'test' }
  assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)
  for (const name of ['one', 'two']) nodes.push(runNode(url, homeOf(name), await makeToken(name)))
  await eventually(60, async () => ((await listNodes()).every(isOnline) ? true : undefined))
})

after(async () => {
  await Promise.all(nodes.map((node) => node.kill()))
  await server?.stop()
  await home?.remove()
})

async function findPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const makeToken = async (name: string): Promise<string> => {
  const { status, body } = await api('POST', '/nodes', { token: owner, body: { name } })
  assert.equal(status, 201, JSON.stringify(body))
  return body.token
}
interface ShownNode {
  readonly name: string
  readonly state: string
  readonly running: number
}
const listNodes = async (): Promise<ShownNode[]> =>
  (await api('GET', '/nodes', { token: owner })).body?.nodes ?? []
const isOnline = ({ state }: ShownNode) => state === 'online'
/** Waits until a node has something in hand. */
const works = (name: string) =>
  eventually(60, async () => (await listNodes()).find((node) => node.name === name && node.running > 0))

const output = { container: 'mp4', resolution: '720p', quality: 'standard' } as const
const submit = async (tagline: string): Promise<string> => {
  const modifications = { name: 'Lumo', tagline }
  const body = { template: 'logo-reveal', output, modifications }
  const answer = await api('POST', '/renders', { token: owner, body })
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  return answer.body.id
}

/** Waits until a render has ended, and looks whether it has ended rightly. */
async function assertSucceeds(id: string): Promise<void> {
  const done = await eventually(180, async () => {
    const { body } = await api('GET', `/renders/${id}`, { token: owner }).catch(() => ({ body: {} }))
    return ['succeeded', 'failed', 'cancelled'].includes(body.state) ? body : undefined
  })
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  assert.equal(done.frames.done, done.frames.total)
  const [made] = done.exports
  const address = new URL((await api('GET', `/exports/${made.id}`, { token: owner })).body.url)
  const video = await (await fetch(`${url}${address.pathname}${address.search}`)).bytes()
  assert.equal(createHash('sha256').update(video).digest('hex'), made.sha256)
}

test('a node that is killed in the middle costs no render, and comes back as itself', async () => {
  const renders = await Promise.all(['First light', 'Second light', 'Third light'].map(submit))
  await works('one')
  await nodes[0]!.kill()
  for (const id of renders) await assertSucceeds(id)

  nodes[0] = runNode(url, homeOf('one'))
  await eventually(60, async () => ((await listNodes()).every(isOnline) ? true : undefined))
  assert.equal((await listNodes()).length, 2)
})

test('a worker that dies in the middle costs no render, and its order can be replayed by the record', async () => {
  const { body } = await api('GET', '/nodes', { token: owner })
  const { id } = body.nodes.find(({ name }: ShownNode) => name === 'one')
  const crash = await eventually(120, async () => {
    const render = await submit(`Light ${performance.now()}`)
    await Promise.any([works('one'), works('two')])
    for (const pid of findWorkers(nodes[0]!.pid)) process.kill(pid, 'SIGKILL')
    await assertSucceeds(render)
    return (await api('GET', `/nodes/${id}`, { token: owner })).body.crashes[0]
  })
  const more = ['--server', url, '--key', owner]
  const { stderr } = await promisify(execFile)(process.execPath, [
    PROGRAM,
    'node',
    'replay',
    crash.id,
    ...more,
  ])
  assert.match(stderr, /It does not die here/)
})

test('a server that is killed in the middle finds its nodes at work when it is back', async () => {
  const renders = await Promise.all(['Fourth light', 'Fifth light'].map(submit))
  await Promise.any([works('one'), works('two')])
  await killHard(server)
  server = runServer(environment)
  await urlOf(server)
  for (const id of renders) await assertSucceeds(id)
})

test('what a node never hears of goes to others, and costs no attempt', async () => {
  const way = await openWay(Number(new URL(url).port))
  const deaf = runNode(`http://127.0.0.1:${way.port}`, homeOf('deaf'), await makeToken('deaf'))
  nodes.push(deaf)
  try {
    way.hold(/POST \/node\/v1\/lease/)
    await eventually(60, async () => ((await listNodes()).every(isOnline) ? true : undefined))
    const renders = await Promise.all(['A light', 'A lamp', 'A lantern'].map(submit))
    await works('deaf')
    for (const id of renders) await assertSucceeds(id)
    const { body } = await api('GET', '/nodes', { token: owner })
    const { id } = body.nodes.find(({ name }: ShownNode) => name === 'deaf')
    assert.deepEqual((await api('GET', `/nodes/${id}`, { token: owner })).body.crashes, [])
    assert.equal((await api('POST', `/nodes/${id}/retire`, { token: owner, body: {} })).status, 200)
  } finally {
    await deaf.kill()
    await way.close()
  }
})

test('who is drained ends what it has and gets nothing; who stops is gone at once', async () => {
  const { body } = await api('GET', '/nodes', { token: owner })
  const { id } = body.nodes.find(({ name }: ShownNode) => name === 'one')
  assert.equal((await api('POST', `/nodes/${id}/drain`, { token: owner, body: {} })).status, 200)
  await assertSucceeds(await submit('Sixth light'))
  assert.equal((await listNodes()).find(({ name }) => name === 'one')?.running, 0)
  assert.equal(await nodes[1]!.stop(), 0, nodes[1]!.output())
  const audit = await eventually(60, async () => {
    const { body: log } = await api('GET', '/audit-log?action=node.drained', { token: owner })
    return log.entries[0]
  })
  assert.deepEqual([audit.subject, audit.actorKind, audit.address], [id, 'user', '127.0.0.1'])
  const states = (await listNodes())
    .filter(({ name }) => name !== 'deaf')
    .map(({ name, state, running }) => [name, state, running])
  assert.deepEqual(states.toSorted(), [
    ['one', 'draining', 0],
    ['two', 'offline', 0],
  ])
})

test('a node that is retired ends by itself, and says why', async () => {
  const { body } = await api('GET', '/nodes', { token: owner })
  const { id } = body.nodes.find(({ name }: ShownNode) => name === 'one')
  assert.equal((await api('POST', `/nodes/${id}/retire`, { token: owner, body: {} })).status, 200)
  await eventually(30, async () => (/NODE_UNKNOWN/.test(nodes[0]!.output()) ? true : undefined))
  assert.equal(await nodes[0]!.stop(), 1)
})
