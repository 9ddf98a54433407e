import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { KEYS, openTestbed } from './testbed/open-testbed.ts'
import { createProbe, probeContract } from './testbed/probe-service.ts'
import { shapes } from './testbed/shapes.ts'

const headers = { authorization: `Bearer ${KEYS.ours}`, 'content-type': 'application/json' }

for (const [shape, open] of Object.entries(shapes)) {
  async function serve(config: object = {}) {
    const [begun, done]: [string[], string[]] = [[], []]
    const probe = createProbe({ begun: (name) => begun.push(name), done: (name) => done.push(name) })
    const service = await open<typeof probeContract>(probe)
    const gateway = await openTestbed({ probe: { contract: probeContract, client: service.client } }, config)
    const keep = (body: object, init: RequestInit = {}) =>
      fetch(`${gateway.url}/api/v1/probes`, { method: 'POST', headers, body: JSON.stringify(body), ...init })
    const stop = async () => {
      await gateway.close()
      await service.close()
    }
    const underWay = async (requests: number) => {
      while (begun.length < requests) await setTimeout(20)
    }
    return { gateway, service, done, underWay, keep, stop }
  }

  test(`${shape}: a stop answers all that is under way, and writes it down`, async () => {
    const { gateway, done, underWay, keep, stop } = await serve()
    const answers = Promise.all(
      Array.from({ length: 20 }, (_, index) => keep({ name: `n${index}`, wait: 700 })),
    )
    await underWay(20)
    await stop()
    assert.deepEqual(new Set((await answers).map(({ status }) => status)), new Set([201]))
    assert.equal(done.length, 20)
    assert.equal(gateway.logged.length, 20)
  })

  test(`${shape}: a stop waits for work whose client is gone; that is no bug`, async () => {
    const { gateway, service, done, underWay, keep, stop } = await serve()
    const leave = new AbortController()
    const left = assert.rejects(keep({ name: 'left', wait: 1500 }, { signal: leave.signal }))
    await underWay(1)
    leave.abort()
    await left
    assert.deepEqual(done, [])
    await stop()
    assert.deepEqual(done, ['left'])
    assert.deepEqual([...gateway.errors, ...service.errors], [])
  })

  test(`${shape}: connections that say nothing, half a head or half a body hold no stop up`, async () => {
    const { gateway, keep, stop } = await serve({ requestTimeout: 1000 })
    assert.equal((await keep({ name: 'kept' })).status, 201)
    const said = [
      '',
      'GET /api/v1/gre',
      'GET /api/v1/greeting HTTP/1.1\r\nhost: a\r\n\r\n',
      `POST /api/v1/probes HTTP/1.1\r\nhost: a\r\nauthorization: ${headers.authorization}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
    ]
    const gone = said.map(async (text) => {
      const socket = connect(gateway.port, '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => {}).resume()
      const closed = once(socket, 'close')
      if (text !== '') socket.write(text)
      return closed
    })
    await setTimeout(200)
    await stop()
    await Promise.all(gone)
  })
}
