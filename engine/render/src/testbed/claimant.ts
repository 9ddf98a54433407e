// A process for tests: tries to have each claim whose path it is sent, and says whether it has it.
import { claimFile } from '../cache/claim-file.ts'

process.on('message', async (file: string) => {
  process.send?.((await claimFile(file)) !== undefined)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
