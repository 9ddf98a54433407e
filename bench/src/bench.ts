import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureApi } from './api/measure-api.ts'
import { root } from './engine/bench-files.ts'
import { measureEngine, type Part, parts } from './engine/measure-engine.ts'
import { farmParts, measureFarm } from './farm/measure-farm.ts'
import { measureNodes, nodeParts } from './farm/measure-nodes.ts'
import { pickParts } from './farm/pick-parts.ts'
import { formatApiReport } from './report/format-api-report.ts'
import { formatFarmReport } from './report/format-farm-report.ts'
import { formatNodesReport } from './report/format-nodes-report.ts'
import { formatReport } from './report/format-report.ts'
import { replaceSection } from './report/replace-section.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '1000' },
    tenants: { type: 'string', default: '500' },
    jobs: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '500' },
  },
})
const note = (text: string) => void process.stderr.write(`${text}\n`)
/** Writes a section of the page of performance, where that was asked for. */
const keep = async (section: string) => {
  if (!values.write) return
  const page = path.join(root, 'docs/reference/performance.md')
  await writeFile(page, replaceSection(await readFile(page, 'utf8'), section))
}
const [what] = positionals
const only = pickParts([...farmParts, ...nodeParts], values.only)
if (what === 'engine') {
  const named = (values.only ?? parts) as Part[]
  const report = await measureEngine({ rounds: Number(values.rounds), only: named, note })
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
  await keep(formatReport(report))
} else if (what === 'api') {
  const report = await measureApi(Number(values.rounds), note)
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatApiReport(report))
  await keep(formatApiReport(report))
} else if (what === 'farm' && only !== undefined) {
  const dispatch = farmParts.filter((part) => only.includes(part))
  const nodes = nodeParts.filter((part) => only.includes(part))
  if (dispatch.length > 0) {
    const many = Number(values.jobs)
    const size = {
      nodes: Number(values.nodes),
      tenants: Number(values.tenants),
      few: Math.min(10_000, many / 2),
      many,
      seconds: Number(values.seconds),
      perSecond: Number(values.rate),
    }
    const report = await measureFarm({ size, only: dispatch, note })
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatFarmReport(report))
    await keep(formatFarmReport(report))
  }
  if (nodes.length > 0) {
    const report = await measureNodes({ rounds: Number(values.rounds), only: nodes, note })
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatNodesReport(report))
    await keep(formatNodesReport(report))
  }
} else {
  note(`usage: npm run bench -- engine [--json] [--rounds 3] [--only ${parts.join('|')}] [--write]`)
  note('       npm run bench -- api [--json] [--rounds 3] [--write]')
  note(
    '       npm run bench -- farm [--json] [--nodes 1000] [--tenants 500] [--jobs 1000000] [--seconds 60] [--rate 500]',
  )
  note(`         [--rounds 3] [--only ${[...farmParts, ...nodeParts].join(',')}] [--write]`)
  process.exit(2)
}
process.exit(0)
