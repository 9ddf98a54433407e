import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import sharp from 'sharp'
import { openPainter } from '../paint/open-painter.ts'
import { encodeFrameImage } from './encode-frame-image.ts'
import { encodeStill } from './encode-still.ts'
import { normalisePicture } from './normalise-picture.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-picture-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function put(name: string, contents: Buffer | string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, contents)
  return file
}

/** Paints a picture file as a Lottie's only layer: premultiplied RGBA. */
function paint(asset: string, width: number, height: number): Buffer {
  const still = (k: unknown) => ({ a: 0, k })
  const ks = {
    o: still(100),
    r: still(0),
    p: still([0, 0, 0]),
    a: still([0, 0, 0]),
    s: still([100, 100, 100]),
  }
  const lottie = JSON.stringify({
    v: '5.9.0',
    fr: 30,
    ip: 0,
    op: 1,
    w: width,
    h: height,
    assets: [{ id: 'a', w: width, h: height, u: '', p: asset, e: 0 }],
    layers: [{ ty: 2, ind: 1, refId: 'a', ip: 0, op: 1, st: 0, sr: 1, ks }],
  })
  return openPainter({ lottie, width, height, background: null, resourcePath: folder }).paint(0)
}

const pixel = (rgba: Buffer, index: number) => [...rgba.subarray(index * 4, index * 4 + 4)]
const fill = (count: number, colour: readonly number[]) =>
  Buffer.concat(Array(count).fill(Buffer.from(colour)))

test('the painter sees what was packed, opaque or not, odd widths too', async () => {
  for (const [alpha, extension] of [
    [255, 'bmp'],
    [128, 'png'],
  ] as const) {
    const rgba = fill(15, [10, 200, 100, alpha])
    rgba.set([250, 0, 20, alpha], 0)
    const image = encodeFrameImage(rgba, 5, 3)
    assert.equal(image.extension, extension)
    await put(`frame-${alpha}`, image.data)
    const painted = paint(`frame-${alpha}`, 5, 3)
    const scale = (c: number) => Math.round((c * alpha) / 255)
    assert.deepEqual(pixel(painted, 0), [scale(250), 0, scale(20), alpha])
    assert.deepEqual(pixel(painted, 14), [scale(10), scale(200), scale(100), alpha])
  }
})

for (const format of ['png', 'webp', 'avif', 'gif'] as const) {
  test(`${format} keeps its colours and its transparency, and gives the same bytes twice`, async () => {
    const raw = Buffer.concat([fill(128, [200, 40, 40, 255]), fill(128, [0, 0, 0, 0])])
    const source = sharp(raw, { raw: { width: 16, height: 16, channels: 4 } })
    const file = await put(`a.${format}`, await source.toFormat(format, { quality: 100 }).toBuffer())
    const picture = await normalisePicture(file, { maxSide: 100 })
    assert.deepEqual([picture.width, picture.height, picture.extension], [16, 16, 'png'])
    assert.ok(picture.data.equals((await normalisePicture(file, { maxSide: 100 })).data))
    const pixels = await sharp(picture.data).raw().toBuffer()
    for (const [index, channel] of [200, 40, 40, 255].entries())
      assert.ok(Math.abs((pixels[16 * 16 + index] ?? 0) - channel) < 8, `${pixel(pixels, 64)}`)
    assert.equal(pixels[16 * 15 * 4 + 3], 0)
  })
}

test('EXIF orientation is applied, and large pictures shrink', async () => {
  const raw = Buffer.concat([fill(40 * 10, [255, 0, 0, 255]), fill(40 * 10, [0, 0, 255, 255])])
  const source = sharp(raw, { raw: { width: 40, height: 20, channels: 4 } }).withMetadata({ orientation: 6 })
  const file = await put('phone.jpg', await source.jpeg({ quality: 100 }).toBuffer())
  const picture = await normalisePicture(file, { maxSide: 20 })
  assert.deepEqual([picture.width, picture.height, picture.extension], [10, 20, 'bmp'])
  await put('upright', picture.data)
  const painted = paint('upright', 10, 20)
  // Orientation 6 turns clockwise: what was on top is on the right.
  assert.ok((painted[10 * 4 * 10 + 9 * 4] ?? 0) > 200, 'red on the right')
  assert.ok((painted[10 * 4 * 10 + 2] ?? 0) > 200, 'blue on the left')
})

test('an SVG is drawn at the wanted size and takes nothing from other files', async () => {
  const secret = await put('secret.png', await encodeStill(fill(100, [0, 255, 0, 255]), 10, 10, 'png'))
  const image = (href: string) => `<image href="${href}" x="0" y="0" width="10" height="20"/>`
  const body = `<rect width="10" height="20" fill="red"/>${image('secret.png')}${image(secret)}${image(`file://${secret}`)}`
  const file = await put(
    'a.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">${body}</svg>`,
  )
  const picture = await normalisePicture(file, { maxSide: 400 })
  assert.deepEqual([picture.width, picture.height], [200, 400])
  await put('drawn', picture.data)
  assert.deepEqual(pixel(paint('drawn', 200, 400), 200 * 200 + 100), [255, 0, 0, 255])
})

test('what is broken or too large is said so', async () => {
  const png = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
    .composite([{ input: Buffer.from('<svg width="300" height="300"><circle r="150" fill="blue"/></svg>') }])
    .png()
    .toBuffer()
  const cut = await put('cut.png', png.subarray(0, png.length / 2))
  await assert.rejects(normalisePicture(cut, { maxSide: 9 }), (error) =>
    isFlatRenderError(error, 'MEDIA_UNREADABLE'),
  )
  const huge = Buffer.from(png)
  huge.writeUInt32BE(30_000, 16)
  huge.writeUInt32BE(30_000, 20)
  const { crc32 } = await import('node:zlib')
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
  const file = await put('huge.png', huge)
  await assert.rejects(normalisePicture(file, { maxSide: 9 }), (error) =>
    isFlatRenderError(error, 'MEDIA_TOO_LARGE'),
  )
  await assert.rejects(normalisePicture(path.join(folder, 'none'), { maxSide: 9 }), (error) =>
    isFlatRenderError(error, 'MEDIA_NOT_FOUND'),
  )
})

test('stills take premultiplied pixels', async () => {
  const rgba = fill(256, [64, 32, 0, 128])
  for (const format of ['png', 'webp'] as const) {
    const [r = 0, g = 0, , a = 0] = pixel(
      await sharp(await encodeStill(rgba, 16, 16, format))
        .raw()
        .toBuffer(),
      40,
    )
    assert.ok(Math.abs(r - 128) < 4 && Math.abs(g - 64) < 4 && a === 128, `${format}: ${[r, g, a]}`)
  }
  const jpeg = pixel(
    await sharp(await encodeStill(rgba, 16, 16, 'jpeg'))
      .ensureAlpha()
      .raw()
      .toBuffer(),
    40,
  )
  assert.ok(Math.abs((jpeg[0] ?? 0) - 191) < 4, `${jpeg}`)
})
