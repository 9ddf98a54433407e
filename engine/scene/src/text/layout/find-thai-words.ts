import { thaiModel } from './thai-model.ts'

type Model = Readonly<Record<string, Readonly<Record<string, number>>>>

const features: readonly (readonly [name: string, from: number, to: number])[] = [
  ['UW1', -3, -2],
  ['UW2', -2, -1],
  ['UW3', -1, 0],
  ['UW4', 0, 1],
  ['UW5', 1, 2],
  ['UW6', 2, 3],
  ['BW1', -2, 0],
  ['BW2', -1, 1],
  ['BW3', 0, 2],
  ['TW1', -3, 0],
  ['TW2', -2, 1],
  ['TW3', -1, 2],
  ['TW4', 0, 3],
]

let loaded: { readonly model: Model; readonly base: number } | undefined

/**
 * Offsets inside a piece of Thai at which a word ends, by BudouX's model: Thai is written without spaces, and the
 * dictionaries behind `Intl.Segmenter` differ between engines.
 */
export function findThaiWords(text: string): number[] {
  loaded ??= load()
  const { model, base } = loaded
  const ends: number[] = []
  for (let place = 1; place < text.length; place++) {
    let score = base
    for (const [name, from, to] of features) {
      score += model[name]?.[text.substring(place + from, place + to)] ?? 0
    }
    if (score > 0) ends.push(place)
  }
  return ends
}

function load(): { model: Model; base: number } {
  const model = JSON.parse(thaiModel) as Model
  let sum = 0
  for (const weights of Object.values(model)) for (const weight of Object.values(weights)) sum += weight
  return { model, base: -0.5 * sum }
}
