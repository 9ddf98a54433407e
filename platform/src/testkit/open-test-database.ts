import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { connectOwner } from '../postgres/find-server.ts'
import { makeTemplate } from './make-template.ts'
import { startTestServer } from './start-test-server.ts'
import { sweepDatabases } from './sweep-databases.ts'
import type { TestSchema } from './test-schema.ts'

/** A database of a test file's own. */
export interface TestDatabase {
  readonly ownerUrl: string
  urlOf(role: string): string
  /** Deletes it; with the last one the server stops. */
  close(): Promise<void>
}

/** Any number that nothing else locks: the first bytes of “testkit”. */
const LOCK = 0x74657374

/**
 * A fresh copy of a prepared database, on a server that all test processes of this user share. It forgets what a power
 * cut takes. Errors: POSTGRES_UNAVAILABLE, POSTGRES_FAILED, those of `prepare`.
 */
export async function openTestDatabase(schema: TestSchema): Promise<TestDatabase> {
  const server = await startTestServer()
  const address = { port: server.port, password: server.password }
  const database = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  const admin = await connectOwner(address)
  const ask = async (statement: string) => void (await admin.query(statement))
  try {
    const template = await takeTurns(admin, async () => {
      await sweepDatabases(admin)
      return makeTemplate(admin, schema, server.url)
    })
    await ask(`create database ${database} template ${template}`)
  } catch (error) {
    await admin.end()
    await server.close()
    throw error
  }
  const ownerUrl = server.url(database)
  return {
    ownerUrl,
    urlOf(role) {
      const url = new URL(ownerUrl)
      Object.assign(url, { username: role, password: encodeURIComponent(schema.passwordOf(role)) })
      return url.href
    },
    async close() {
      await ask(`drop database if exists ${database} with (force)`)
      await admin.end()
      await server.close()
    },
  }
}

/** Test files run side by side: one makes the template, the others wait for it. */
async function takeTurns<Result>(admin: Client, work: () => Promise<Result>): Promise<Result> {
  await admin.query('select pg_advisory_lock($1)', [LOCK])
  try {
    return await work()
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [LOCK])
  }
}
