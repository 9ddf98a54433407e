import type { EngineReport } from '../engine/measure-engine.ts'
import { introduce } from './describe-machine.ts'

/** The report as a Markdown section. */
export function formatReport(report: EngineReport): string {
  const { machine, date, files, templates = [], change, batch, memory = [], snapshot, notes } = report
  const lines = [
    '## The engine',
    '',
    introduce(machine, date, 'npm run bench -- engine'),
    'Absolute times hold for that machine and moment; ratios were taken side by side, medians of several rounds.',
    'H.264 at 1080p (`veryfast`, crf 20) unless another size is named, default verification included.',
  ]
  if (files.length > 0) {
    lines.push(
      '',
      '### Plain animations',
      '',
      'Encode-only: the same frames, converted and in memory, encoded by all cores ÷ end to end. Remotion: its time for 60 frames ÷ ours.',
      '',
    )
    lines.push(
      ...table(
        ['file', 'frames', 'frames/s', '÷ encode-only', '× Remotion', 'peak worker MB'],
        files.map((file) => [
          file.file,
          whole(file.frames),
          whole(file.framesPerSecond),
          ratio(file.encodeOnlyRatio),
          ratio(file.remotionRatio, 1),
          whole(file.peakRssMegabytes),
        ]),
      ),
    )
  }
  if (templates.length > 0) {
    lines.push(
      '',
      '### Starter templates',
      '',
      'English sample data, transitions and sound included, caches cold.',
      '',
    )
    lines.push(
      ...table(
        ['template', 'frames', 'frames/s', '× real time', 'peak worker MB'],
        templates.map((one) => [
          one.template,
          whole(one.frames),
          whole(one.framesPerSecond),
          ratio(one.realTime),
          whole(one.peakRssMegabytes),
        ]),
      ),
    )
  }
  if (change) {
    lines.push('', '### One word changed', '')
    lines.push(
      `product-promo, ten scenes, ${change.seconds} s, ${change.frames} frames: ${change.coldSeconds.toFixed(1)} s cold, ${change.changedSeconds.toFixed(1)} s after one text changed, which touches ${(change.changedShare * 100).toFixed(1)} % of the frames. (Changed − 0.5 s) ÷ (share × cold) = ${ratio(change.changeRatio)}.`,
    )
  }
  if (batch) {
    lines.push('', '### A batch', '')
    lines.push(
      `${batch.rows} videos that differ in one scene of six: ${batch.frames} frames, ${batch.distinctFrames} of them distinct, in ${batch.seconds.toFixed(1)} s. Distinct frames a second ÷ those of one video alone = ${ratio(batch.batchRatio)}.`,
    )
  }
  if (memory.length > 0) {
    lines.push('', '### Memory of a worker', '')
    lines.push(
      ...table(
        ['size', 'frames', 'peak MB'],
        memory.map((one) => [one.what, whole(one.frames), whole(one.peakRssMegabytes)]),
      ),
    )
  }
  if (snapshot) {
    lines.push('', '### Stills', '')
    lines.push(
      `A 1080p PNG in a warm process: ${whole(snapshot.uncachedMilliseconds)} ms, again ${whole(snapshot.cachedMilliseconds)} ms.`,
    )
  }
  if (notes.length > 0) lines.push('', ...notes.map((note) => `- ${note}`))
  return `${lines.join('\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)]
}

function whole(value: number | undefined): string {
  return value === undefined ? '–' : String(Math.round(value))
}

function ratio(value: number | undefined, digits = 2): string {
  return value === undefined ? '–' : value.toFixed(digits)
}
