import type { FarmReport } from '../farm/measure-farm.ts'
import { introduce } from './describe-machine.ts'

/** The page of dispatch's figures, with what each is wanted to be. */
export function formatFarmReport(report: FarmReport): string {
  const { size, openLoop, saturated, shares } = report
  const flat = report.leaseAmongMany / report.leaseAmongFew
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const rows: [string, string, string][] = [
    [`lease at ${openLoop.perSecond} calls/s, median`, `${openLoop.p50.toFixed(1)} ms`, ''],
    [`lease at ${openLoop.perSecond} calls/s, p99`, `${openLoop.p99.toFixed(1)} ms`, '≤ 50 ms'],
    ['requests that failed meanwhile', String(openLoop.failures), '0'],
    ['jobs leased and completed a second, saturated', saturated.jobsPerSecond.toFixed(0), '≥ 2,000'],
    [`lease alone, ${size.few.toLocaleString('en')} waiting`, `${report.leaseAmongFew.toFixed(2)} ms`, ''],
    [`÷ with ${size.many.toLocaleString('en')} waiting`, `${flat.toFixed(2)}×`, '≤ 1.3×'],
    [`work of ${shares.tenants} tenants off their weights, worst`, percent(shares.greatest), '≤ 5 %'],
    ['the same, on average', percent(shares.mean), ''],
  ]
  const lines = rows.map(([what, found, wanted]) => `| ${what} | ${found} | ${wanted} |`)
  return `# Performance of dispatch

${introduce(report.machine, report.date, 'npm run bench -- farm')}
${size.nodes} simulated nodes over HTTP, through the gateway, with all services, PostgreSQL (with fsync) and the nodes themselves on
that one machine, for ${size.seconds} s each. A lease at its own pace counts from the moment at which it was due.

| what | found | wanted |
| --- | --- | --- |
${lines.join('\n')}
`
}
