// A process that publishes starters, as a server does when it starts: `publish-process.ts DATABASE HOME KEY FOLDER [kill]`.
// With `kill` it ends as if it were killed when the first package is stored, before its row says so.
import { openSystemDatabase, openTenantDatabase } from '@flatrender/platform/db'
import { emit } from '@flatrender/platform/events'
import { openStorage } from '@flatrender/platform/storage'
import { type ContentTables, createContentService } from '../../service.ts'

const [url = '', home = '', key = '', folder = '', kill] = process.argv.slice(2)
const storage = await openStorage({
  settings: { FLATRENDER_STORAGE: 'disk', FLATRENDER_S3_REGION: '', FLATRENDER_S3_PATH_STYLE: false },
  home,
  secretKeys: { present: Buffer.from(key, 'base64'), former: [] },
})
const killing: typeof storage = {
  ...storage,
  async put(...file) {
    const stored = await storage.put(...file)
    process.kill(process.pid, 'SIGKILL')
    return stored
  },
}
const database = openTenantDatabase<ContentTables>({ url, connections: 2, name: 'test' })
// Nothing is asked of it: publishing has a tenant.
const system = openSystemDatabase<ContentTables>({ url, connections: 1, name: 'test' })
const service = createContentService({
  database,
  system,
  storage: kill === 'kill' ? killing : storage,
  emit,
  version: '2.0.0-alpha.1',
})
const starters = await service.publishStarters(folder)
process.stdout.write(JSON.stringify(starters))
await Promise.all([database.close(), system.close()])
