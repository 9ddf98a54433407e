import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './engine/bench-files.ts'
import { measureEngine, type Part, parts } from './engine/measure-engine.ts'
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
if (positionals[0] !== 'engine') {
  process.stderr.write(
    `usage: npm run bench -- engine [--json] [--rounds 3] [--only ${parts.join('|')}] [--write]\n`,
  )
  process.exit(2)
}
const report = await measureEngine({
  rounds: Number(values.rounds),
  only: (values.only ?? parts) as Part[],
  note: (text) => process.stderr.write(`${text}\n`),
})
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
if (values.write) await writeFile(path.join(root, 'docs/reference/performance.md'), formatReport(report))
process.exit(0)
