// A process for tests: renders one scene into a workspace that others may use, and prints what came of it.
// Arguments: folder, workspace, output, frames.
import { openSession } from './open-testbed.ts'
import { cardScene, makeTemplate } from './test-template.ts'

const [folder = '', home = '', output = '', frames = '60'] = process.argv.slice(2)
const session = await openSession(folder, home)
const result = await session.render(makeTemplate([cardScene('card', Number(frames))]), output)
await session.close()
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit()
