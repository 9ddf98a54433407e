import type { ApiReport } from '../api/measure-api.ts'
import { introduce } from './describe-machine.ts'

/** The section of the back end's figures, with what each is wanted to be. */
export function formatApiReport(report: ApiReport): string {
  const rows: [string, string, string][] = [
    ['authenticated read ÷ plain handler', report.readRatio.toFixed(2), '≥ 0.35'],
    ['requests/s through the gateway', report.throughGateway.toFixed(0), ''],
    ['requests/s of the plain handler', report.plain.toFixed(0), ''],
    ['call between services ÷ request', `${(report.callShare * 100).toFixed(1)} %`, '≤ 5 %'],
    ['emit → consumer, median', `${report.emitToConsumerMilliseconds.toFixed(1)} ms`, '≤ 15 ms'],
    ['10,000 events, three consumers', `${report.tenThousandSeconds.toFixed(1)} s`, '≤ 30 s'],
    ['second start', `${report.secondStartSeconds.toFixed(1)} s`, '≤ 3 s'],
    ['idle memory of the one process', `${report.idleRssMegabytes.toFixed(0)} MB`, '≤ 350 MB'],
  ]
  const lines = rows.map(([what, found, wanted]) => `| ${what} | ${found} | ${wanted} |`)
  return `## The back end

${introduce(report.machine, report.date, 'npm run bench -- api')}
All services in one process, and the PostgreSQL that comes along, with fsync. Absolute times hold for that machine and
moment; ratios were taken side by side, medians of several rounds. The plain handler is Fastify alone, which verifies the
same token and makes the same query under the same policy.

| what | found | wanted |
| --- | --- | --- |
${lines.join('\n')}
`
}
