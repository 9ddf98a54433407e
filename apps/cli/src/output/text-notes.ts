import type { PreparedRender } from '@flatrender/engine-render'
import type { Console } from '../console.ts'

/** Says which texts don't fit as designed or lack letters. */
export function noteTexts(texts: PreparedRender['texts'], console: Console, json: boolean): void {
  for (const { scene, slot, layer, text, fits, scale, missing } of texts) {
    if (json) {
      console.print(JSON.stringify({ type: 'text', scene, slot, layer, fits, scale, missing }))
      continue
    }
    const place = `${scene}.${slot ?? layer}`
    const words = text.length > 40 ? `${text.slice(0, 39)}…` : text
    if (fits === 'shrunk') console.note(`${place}: “${words}” is shrunk to ${Math.round(scale)} %`)
    if (fits === 'overflows')
      console.note(`${place}: “${words}” overflows even at ${Math.round(scale)} %; shorten it`)
    if (missing.length > 0) console.note(`${place}: no font has ${missing.join(' ')}`)
  }
}
