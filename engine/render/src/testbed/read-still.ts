import { inflateSync } from 'node:zlib'
import { normalisePicture } from '@flatrender/engine-media'

/** Straight RGBA of a picture file, of an animation's first picture. */
export async function readStill(file: string): Promise<{ rgba: Buffer; width: number; height: number }> {
  const { data, extension, width, height } = await normalisePicture(file, { maxSide: 4096 })
  const rgba = Buffer.alloc(width * height * 4, 255)
  // Both are as `encodeFrameImage` writes them: rows of blue, green, red from byte 56; or unfiltered RGBA.
  const stride = extension === 'bmp' ? (width * 3 + 3) & ~3 : width * 4 + 1
  const rows = extension === 'bmp' ? data.subarray(56) : inflateSync(findImageData(data))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      if (extension === 'bmp') for (let c = 0; c < 3; c++) rgba[at + c] = rows[y * stride + x * 3 + 2 - c]!
      else rows.copy(rgba, at, y * stride + 1 + x * 4, y * stride + 5 + x * 4)
    }
  }
  return { rgba, width, height }
}

function findImageData(png: Buffer): Buffer {
  const at = png.indexOf('IDAT')
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))
}
