import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadFallbacks } from '@flatrender/engine-fonts'
import type { Font } from '../fonts/font.ts'
import { requiredFallbacks } from '../fonts/required-fallbacks.ts'
import { analyseParagraph } from '../layout/analyse-paragraph.ts'
import { orderRuns } from '../layout/resolve-bidi.ts'
import { itemiseLine } from '../layout/shape-line.ts'
import { corpusStack, openFallbacks, readCorpus } from './open-corpus.ts'

/**
 * Writes golden.json: the corpus shaped by HarfBuzz's own `hb-shape` (Debian: libharfbuzz-bin) from the same font
 * files. Run it with `node make-golden.ts` after a change of the corpus or the fonts, and read the difference.
 */
const corpus = readCorpus()
const fallbacks = await openFallbacks(corpus)
const folder = mkdtempSync(join(tmpdir(), 'golden-'))
for (const source of await loadFallbacks(requiredFallbacks(corpus, []))) {
  writeFileSync(join(folder, source.hash), source.bytes)
}

interface Shaped {
  readonly g: number
  readonly cl: number
  readonly ax: number
  readonly dx: number
  readonly dy: number
}

const golden = corpus.map((entry) => {
  const { text, id } = entry
  const stack = corpusStack(fallbacks, entry)
  const paragraph = analyseParagraph(text, 'auto', stack)
  const runs = orderRuns(itemiseLine(paragraph, 0, text.length)).map((run) => {
    const glyphs = shape(run.font, {
      before: text.slice(0, run.start),
      text: text.slice(run.start, run.end),
      after: text.slice(run.end),
      rtl: run.level % 2 === 1,
      script: run.script,
      language: stack.language,
    })
    return {
      font: `${run.font.family} ${run.font.hash.slice(0, 8)}`,
      start: run.start,
      end: run.end,
      glyphs: glyphs.map(({ g, ax, dx, dy }) => [g, ax, dx, dy]),
    }
  })
  return { id, runs }
})
const lines = golden.map((entry) => JSON.stringify(entry)).join(',\n')
writeFileSync(new URL('./golden.json', import.meta.url), `[\n${lines}\n]\n`)

function shape(
  font: Font,
  run: { before: string; text: string; after: string; rtl: boolean; script: string; language: string },
): Shaped[] {
  const options = [
    `--font-file=${join(folder, font.hash)}`,
    `--direction=${run.rtl ? 'rtl' : 'ltr'}`,
    `--script=${run.script}`,
    ...(run.language === '' ? [] : [`--language=${run.language}`]),
    `--text-before=${run.before}`,
    `--text-after=${run.after}`,
    ...(run.before === '' ? ['--bot'] : []),
    ...(run.after === '' ? ['--eot'] : []),
    ...(font.variableWeight ? [`--variations=wght=${font.weight}`] : []),
    '--output-format=json',
    '--no-glyph-names',
    `--text=${run.text}`,
  ]
  return JSON.parse(execFileSync('hb-shape', options, { encoding: 'utf8' })) as Shaped[]
}
