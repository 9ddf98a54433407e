import { createCanvas } from '@napi-rs/canvas'

/** Is it a CSS colour that the painter knows? It would leave out others without a word. */
export function isCssColor(text: string): boolean {
  const context = createCanvas(1, 1).getContext('2d')
  // A canvas keeps the colour that it has when it is given what is none.
  const [one, other] = ['#000000', '#ffffff'].map((before) => {
    context.fillStyle = before
    context.fillStyle = text
    return context.fillStyle
  })
  return one === other
}
