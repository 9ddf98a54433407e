import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { eventually, openApi, waitForCode } from './testbed/api-client.ts'
import { makeHome, runServer, type ServerProcess } from './testbed/run-server.ts'
import { runShape, shapes } from './testbed/run-shape.ts'

const password = 'a long quiet evening'
/** More than are hashed at once, so that most of them wait when the stop comes. */
const REGISTRATIONS = 30

/** A connection that is kept open: once it was answered, or without having said anything. */
async function keepOpen(url: string, said: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {}).resume()
  await once(socket, 'connect')
  if (said !== '') {
    socket.write(said)
    await once(socket, 'data')
  }
  return socket
}

for (const shape of shapes)
  test(`with the services ${shape}, a stop in the middle of a load answers all that it took`, async () => {
    const { home, remove } = await makeHome()
    const installation = await runShape(shape, home)
    let again: ServerProcess | undefined
    try {
      const { url, processes } = installation
      const api = openApi(url)
      const emails = Array.from({ length: REGISTRATIONS }, (_, index) => `person${index}@example.com`)
      const acknowledged: string[] = []
      const answered: number[] = []
      let lost = 0
      const load = emails.map(async (email) => {
        const answer = await api('POST', '/auth/register', { body: { email, password } }).catch(
          () => undefined,
        )
        if (answer === undefined) lost++
        else answered.push(answer.status)
        if (answer?.status === 202) acknowledged.push(email)
      })
      await eventually(30, async () => (acknowledged.length >= 3 ? true : undefined))
      await keepOpen(url, 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n')
      await keepOpen(url, '')
      // The gateway first, as whoever stops an installation does; the others go on until it has ended.
      for (const { child } of processes.toReversed()) {
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        const [code] = await gone
        assert.equal(code, 0)
      }
      await Promise.all(load)
      assert.deepEqual(new Set(answered), new Set([202]))
      assert.equal(lost, 0, `${lost} of ${REGISTRATIONS} heard nothing`)
      const printed = processes.map((server) => server.output()).join('')
      assert.doesNotMatch(printed, /This is a bug|DATABASE_LOST|request log/)

      again = runServer({ FLATRENDER_HOME: home })
      await Promise.all(emails.map((email) => waitForCode(home, email)))
    } finally {
      await again?.stop()
      await installation.stop()
      await remove()
    }
  })
