import { dropVideoFrames, findShownVideoFrames, type Lottie, parseAssetName } from '@flatrender/engine-scene'
import type { CanvasKit } from 'canvaskit-wasm'
import type { PageGlobals, PagePainting } from './page-contract.ts'

let loaded: Promise<CanvasKit> | undefined

/** Paints frames of a compiled Lottie with CanvasKit on the processor: premultiplied RGBA. */
export async function paintInPage(compiled: Lottie, painting: PagePainting): Promise<Uint8Array[]> {
  const { frames, width, height, background } = painting
  loaded ??= (globalThis as unknown as PageGlobals).CanvasKitInit({ locateFile: (file) => file })
  const kit = await loaded
  const lottie = dropVideoFrames(compiled, findShownVideoFrames(compiled, frames))
  const animation = kit.MakeManagedAnimation(JSON.stringify(lottie), await fetchPictures(lottie))
  const surface = kit.MakeSurface(width, height)
  if (animation === null || surface === null) throw new Error('CanvasKit refuses the Lottie or the size')
  try {
    const canvas = surface.getCanvas()
    const format = {
      width,
      height,
      colorType: kit.ColorType.RGBA_8888,
      alphaType: kit.AlphaType.Premul,
      colorSpace: kit.ColorSpace.SRGB,
    }
    return frames.map((frame) => {
      canvas.clear(kit.parseColorString(background))
      animation.seekFrame(frame)
      animation.render(canvas, kit.XYWHRect(0, 0, width, height))
      surface.flush()
      return canvas.readPixels(0, 0, format) as Uint8Array
    })
  } finally {
    animation.delete()
    surface.delete()
  }
}

async function fetchPictures({ assets = [] }: Lottie): Promise<Record<string, ArrayBuffer>> {
  const names = new Set(assets.flatMap(({ p = '' }) => (parseAssetName(p) === undefined ? [] : [p])))
  const fetched = [...names].map(async (name) => {
    const answer = await fetch(`pictures/${encodeURIComponent(name)}`)
    if (!answer.ok) throw new Error(`no picture ${name}`)
    return [name, await answer.arrayBuffer()] as const
  })
  return Object.fromEntries(await Promise.all(fetched))
}
