import type { Watermark } from '@flatrender/contracts/template'
import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import type { PictureInfo } from '../media/media-info.ts'
import { pictureAssetName } from './asset-name.ts'
import { STILL } from './still-transform.ts'
import { uniqueId } from './unique-id.ts'

/** Distance from the edges, as a share of the shorter side. */
const MARGIN = 0.04

/** Lays the picture over everything. The Lottie is not changed; the result shares what it can with it. */
export function addWatermark(lottie: Lottie, watermark: Watermark, picture: PictureInfo): Lottie {
  const id = uniqueId('watermark', lottie.assets)
  const side = Math.min(lottie.w, lottie.h)
  const scale = (watermark.size * side) / Math.max(picture.width, picture.height)
  const [x, y] = corner(
    lottie,
    watermark.position,
    picture.width * scale,
    picture.height * scale,
    side * MARGIN,
  )
  const layer: Layer = {
    ty: layerTypes.image,
    ind: Math.max(0, ...lottie.layers.map(({ ind }) => ind ?? 0)) + 1,
    refId: id,
    ip: lottie.ip,
    op: lottie.op,
    st: 0,
    ks: {
      ...STILL,
      o: { a: 0, k: watermark.opacity * 100 },
      p: { a: 0, k: [x, y, 0] },
      s: { a: 0, k: [scale * 100, scale * 100, 100] },
    },
  }
  const asset = { id, w: picture.width, h: picture.height, u: '', p: pictureAssetName(picture.hash), e: 0 }
  return { ...lottie, assets: [...(lottie.assets ?? []), asset], layers: [layer, ...lottie.layers] }
}

function corner(
  { w, h }: Lottie,
  position: Watermark['position'],
  width: number,
  height: number,
  margin: number,
): [number, number] {
  if (position === 'center') return [(w - width) / 2, (h - height) / 2]
  const x = position.endsWith('left') ? margin : w - width - margin
  const y = position.startsWith('top') ? margin : h - height - margin
  return [x, y]
}
