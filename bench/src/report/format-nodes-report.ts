import type { NodesReport } from '../farm/measure-nodes.ts'
import { introduce } from './describe-machine.ts'

/** The section of real nodes' figures, with what each is wanted to be. */
export function formatNodesReport(report: NodesReport): string {
  const { scaling, latency, rows } = report
  const seconds = (value: number) => `${value.toFixed(2)} s`
  const times = (value: number) => `${value.toFixed(2)}×`
  const lines: [string, string, string][] = [
    ...(scaling
      ? ([
          [`${scaling.frames} frames, first lease → last segment, one node`, seconds(scaling.one), ''],
          ['the same, two nodes', seconds(scaling.two), ''],
          ['one ÷ two', times(scaling.scale), '≥ 1.8×'],
          ['the engine alone with two workers, painting', seconds(scaling.alonePainting), ''],
          ['two nodes ÷ that', times(scaling.paintingRatio), '≤ 1.10×'],
          ['`flatrender render`, all of it', seconds(scaling.aloneFinished), ''],
          ['submit → playable ÷ that', times(scaling.finishedRatio), '≤ 1.10×'],
        ] as [string, string, string][])
      : []),
    ...(latency
      ? ([
          ['10 s of 720p, submit → first lease', `${latency.leaseMilliseconds.toFixed(0)} ms`, '≤ 100 ms'],
          ['submit → playable', seconds(latency.playable), ''],
          ['`flatrender render` with two workers', seconds(latency.alone), ''],
          ['submit → playable ÷ that', times(latency.playableRatio), '≤ 1.15×'],
        ] as [string, string, string][])
      : []),
    ...(rows
      ? ([
          [`frames of ${rows.rows} rows at once`, rows.frames.toLocaleString('en'), ''],
          ['distinct frames among them', rows.distinct.toLocaleString('en'), ''],
          ['frames painted', rows.painted.toLocaleString('en'), 'the distinct ones'],
          ['submit → last video', seconds(rows.seconds), ''],
        ] as [string, string, string][])
      : []),
  ]
  return `## Render nodes

${introduce(report.machine, report.date, 'npm run bench -- farm --only scaling,playable,rows')}
Real nodes of one worker, each on a core of its own, with the server, PostgreSQL (with fsync) and the engine that they are
compared with on that one machine: product-promo with pictures, a video and sound, at 720p. The engine alone makes the very
same segments right after the farm, with warm workers; nothing is in any cache. Medians of several rounds.

| what | found | wanted |
| --- | --- | --- |
${lines.map(([what, found, wanted]) => `| ${what} | ${found} | ${wanted} |`).join('\n')}
`
}
