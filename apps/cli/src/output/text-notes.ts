import type { PreparedRender } from '@flatrender/engine-render'
import { createFinding } from '@flatrender/engine-scene'
import type { Console } from '../console.ts'
import { formatFinding } from './format-finding.ts'

type TextFit = PreparedRender['texts'][number]

/** Findings that a person hears of in words of their own, with the text. */
const OWN_WORDS: ReadonlySet<string> = new Set(['TEXT_SHRUNK', 'TEXT_OVERFLOWS', 'TEXT_CHARACTERS_MISSING'])

/**
 * Says which texts don't fit as designed, lack letters, or ask for what is not painted; of a batch with the row. What
 * is in the design itself comes with every row, and a person hears it once.
 */
export function createTextNoter(
  console: Console,
  json: boolean,
): (texts: readonly TextFit[], row?: number) => void {
  const said = new Set<string>()
  return (texts, row) => {
    for (const fit of texts) {
      if (json) {
        console.print(JSON.stringify(describeAsData(fit, row)))
        continue
      }
      for (const [key, line] of describeInWords(fit, row)) {
        if (!said.has(key)) console.note(line)
        said.add(key)
      }
    }
  }
}

function describeAsData(fit: TextFit, row: number | undefined): object {
  const { scene, slot, layer, fits, scale, missing } = fit
  return { type: 'text', row, scene, slot, layer, fits, scale, missing, findings: listFindings(fit) }
}

/** What is said of a text, each with what it is known by when it comes again. */
function describeInWords(fit: TextFit, row: number | undefined): [key: string, line: string][] {
  const { scene, slot, layer, text, fits, scale, missing } = fit
  const place = `${row === undefined ? '' : `row ${row}: `}${scene}.${slot ?? layer}`
  const words = text.length > 40 ? `${text.slice(0, 39)}…` : text
  const percent = Math.round(scale)
  const own = [
    fits === 'shrunk' ? `${place}: “${words}” is shrunk to ${percent} %` : '',
    fits === 'overflows' ? `${place}: “${words}” overflows even at ${percent} %; shorten it` : '',
    missing.length > 0 ? `${place}: no font has ${missing.join(' ')}` : '',
  ].filter(Boolean)
  const design = listFindings(fit).filter(({ code }) => !OWN_WORDS.has(code))
  return [
    ...own.map((line): [string, string] => [line, line]),
    ...design.map((finding): [string, string] => {
      const { code, font } = finding
      const line = formatFinding(finding)
      // One font is missed by every layer that it was meant for.
      return [font === undefined ? line : `${code} ${font}`, line]
    }),
  ]
}

function listFindings({ scene, layer, findings }: TextFit) {
  return findings.map(({ code, data }) => ({
    ...createFinding(code, 'warning', { ...data, layer: `${scene} ${layer}` }),
    font: data.font,
  }))
}
