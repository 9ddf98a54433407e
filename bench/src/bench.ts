import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureApi } from './api/measure-api.ts'
import { root } from './engine/bench-files.ts'
import { measureEngine, type Part, parts } from './engine/measure-engine.ts'
import { formatApiReport } from './report/format-api-report.ts'
import { formatReport } from './report/format-report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
})
const note = (text: string) => void process.stderr.write(`${text}\n`)
const [what] = positionals
if (what === 'engine') {
  const only = (values.only ?? parts) as Part[]
  const report = await measureEngine({ rounds: Number(values.rounds), only, note })
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
  if (values.write) await writeFile(path.join(root, 'docs/reference/performance.md'), formatReport(report))
} else if (what === 'api') {
  const report = await measureApi(Number(values.rounds), note)
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatApiReport(report))
  if (values.write)
    await writeFile(path.join(root, 'docs/reference/performance-api.md'), formatApiReport(report))
} else {
  note(`usage: npm run bench -- engine [--json] [--rounds 3] [--only ${parts.join('|')}] [--write]`)
  note('       npm run bench -- api [--json] [--rounds 3] [--write]')
  process.exit(2)
}
process.exit(0)
