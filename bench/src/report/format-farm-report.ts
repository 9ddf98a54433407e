import type { FarmReport } from '../farm/measure-farm.ts'
import type { ProcessorTime } from '../farm/processor-time.ts'
import { introduce } from './describe-machine.ts'

type Row = readonly [what: string, found: string, wanted: string]

/** The section of dispatch's figures, with what each is wanted to be. */
export function formatFarmReport(report: FarmReport): string {
  const { size, machine, date } = report
  const rows = [...listCost(report), ...listLatency(report), ...listThroughput(report), ...listShares(report)]
  const lines = rows.map(([what, found, wanted]) => `| ${what} | ${found} | ${wanted} |`)
  return `## Dispatch

${introduce(machine, date, 'npm run bench -- farm')}
${size.nodes} simulated nodes over HTTP, through the gateway, with all services, PostgreSQL (with fsync) and the nodes themselves on
that one machine, for ${size.seconds} s each, with ${size.many.toLocaleString('en')} jobs of ${size.tenants} tenants in the queue. A lease at its own pace counts
from the moment at which it was due, once ten seconds of them have gone by. Processor time is that of PostgreSQL, the server
and the nodes, in this order.

| what | found | wanted |
| --- | --- | --- |
${lines.join('\n')}
`
}

function listCost({ cost, size }: FarmReport): Row[] {
  if (cost === undefined) return []
  const { few, many } = cost
  const waiting = (count: number) => `${count.toLocaleString('en')} waiting`
  return [
    [`lease alone, ${waiting(size.few)}`, `${few.milliseconds.toFixed(2)} ms`, ''],
    [`÷ with ${waiting(size.many)}`, `${(many.milliseconds / few.milliseconds).toFixed(2)}×`, '≤ 1.3×'],
    [`processor ms of lease and report, ${waiting(size.few)}`, tellTime(few.processor, 1000), ''],
    [`the same, ${waiting(size.many)}`, tellTime(many.processor, 1000), ''],
  ]
}

function listLatency({ openLoop }: FarmReport): Row[] {
  if (openLoop === undefined) return []
  const { perSecond, p50, p99, failures, processor } = openLoop
  return [
    [`lease at ${perSecond} calls/s, median`, `${p50.toFixed(1)} ms`, ''],
    [`lease at ${perSecond} calls/s, p99`, `${p99.toFixed(1)} ms`, '≤ 50 ms'],
    ['requests that failed meanwhile', String(failures), '0'],
    ['processor seconds a second meanwhile', tellTime(processor), ''],
  ]
}

function listThroughput({ saturated }: FarmReport): Row[] {
  if (saturated === undefined) return []
  const { jobsPerSecond, processor } = saturated
  return [
    ['jobs leased and completed a second, saturated', jobsPerSecond.toFixed(0), '≥ 2,000'],
    ['processor seconds a second meanwhile', tellTime(processor), ''],
    ['processor ms of a job', tellTime(processor, 1000 / jobsPerSecond), ''],
  ]
}

function listShares({ shares }: FarmReport): Row[] {
  if (shares === undefined) return []
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return [
    [`work of ${shares.tenants} tenants off their weights, worst`, percent(shares.greatest), '≤ 5 %'],
    ['the same, on average', percent(shares.mean), ''],
  ]
}

function tellTime({ postgres, server, nodes }: ProcessorTime, by = 1): string {
  return [postgres, server, nodes].map((seconds) => (seconds * by).toFixed(2)).join(' + ')
}
