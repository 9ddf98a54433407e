import { randomBytes } from 'node:crypto'
import { openStorage } from '../open-storage.ts'

// Begins to store `half` and never ends; says so when 20 MB are on their way. Settings and home come as an argument.
const { settings, home } = JSON.parse(process.argv[2]!)
const storage = await openStorage({
  settings,
  home,
  secretKeys: { present: randomBytes(32), former: [] },
})
await storage.put('half', endless())

async function* endless() {
  for (let parts = 0; parts < 20; parts++) yield randomBytes(1_000_000)
  process.stdout.write('under way\n')
  await new Promise((resolve) => setTimeout(resolve, 600_000))
}
