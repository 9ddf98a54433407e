import { type CompiledStory, sha256Hex } from '@flatrender/engine-scene'
import { compileInPage } from './compile-in-page.ts'
import type { PageApi } from './page-contract.ts'
import { paintInPage } from './paint-in-page.ts'

let compiled: CompiledStory | undefined

const lottieOf = (piece: number) => {
  const found = compiled?.pieces[piece]
  if (found === undefined) throw new Error(`there is no piece ${piece}`)
  return found.lottie
}

const api: PageApi = {
  async compile(story) {
    compiled = await compileInPage(story)
    return compiled.pieces.map(({ lottie }) => sha256Hex(JSON.stringify(lottie)))
  },
  readPiece: (piece) => JSON.stringify(lottieOf(piece)),
  async paint(painting) {
    const pictures = await paintInPage(lottieOf(painting.piece), painting)
    return pictures.map((pixels) => pixels.toBase64())
  },
}

Object.assign(globalThis, { flatrender: api })
