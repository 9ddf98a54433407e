import { changeUrl, withClient } from '../connect.ts'
import { printRoles } from '../print-roles.ts'
import type { TestServer } from './open-server.ts'

/** Makes a database whose owner may do nothing else, and the roles that an administrator makes for it. Gives its address. */
export async function openPlainOwner(server: TestServer, secretKey: Buffer): Promise<string> {
  await withClient(server.url('postgres'), async (client) => {
    await client.query("create role plain login password 'plain'")
    await client.query('create database plain owner plain')
    await client.query(printRoles(secretKey))
  })
  return changeUrl(server.url('plain'), { user: 'plain', password: 'plain' })
}
