import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { callInProcess } from '@flatrender/platform/service'
import { KEYS, openTestbed } from './testbed/open-testbed.ts'
import { createProbe, probeContract } from './testbed/probe-service.ts'

const CLIENTS = 40
const NOT_TAKEN = 'not taken'
const body = JSON.stringify({ name: 'a' })
const headers = {
  authorization: `Bearer ${KEYS.ours}`,
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
}

/** Sends one request on a connection that is kept, never twice: its status, or what cut it. */
function send(url: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const sent = request(`${url}/api/v1/probes`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('close', () => resolve(answer.complete ? (answer.statusCode ?? 0) : 'HALF'))
    })
    // A new connection may be one that the system held and the server never got: nothing was taken.
    sent.on('error', (error) => resolve(sent.reusedSocket ? `${error}` : NOT_TAKEN))
    sent.end(body)
  })
}

test('a stop cuts no connection that is kept: each request is answered, or not taken at all', async () => {
  const probe = { contract: probeContract, client: callInProcess(createProbe()) }
  for (let round = 0; round < 5; round++) {
    const gateway = await openTestbed({ probe }, { keyLimit: 1_000_000, tenantLimit: 1_000_000 })
    const heard = new Map<number | string, number>()
    let stopped = false
    const clients = Array.from({ length: CLIENTS }, async (_, index) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      while (!stopped) {
        const outcome = await send(gateway.url, agent)
        heard.set(outcome, (heard.get(outcome) ?? 0) + 1)
        // Whoever is not taken any more comes again elsewhere.
        if (outcome !== 201) break
        await setTimeout(index % 5)
      }
      agent.destroy()
    })
    await setTimeout(400)
    await gateway.close()
    stopped = true
    await Promise.all(clients)
    assert.deepEqual(
      [...heard.keys()].filter((outcome) => outcome !== 201 && outcome !== NOT_TAKEN),
      [],
      JSON.stringify([...heard]),
    )
  }
})
