import { changeUrl, nameDatabase, withClient } from './connect.ts'

/** Deletes a database with all that is in it, whoever is connected; nothing if there is none. Its roles stay. */
export async function dropDatabase(ownerUrl: string): Promise<void> {
  await withClient(changeUrl(ownerUrl, { database: 'postgres' }), (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(nameDatabase(ownerUrl))} with (force)`),
  )
}
