import sharp from 'sharp'

/** Formats of a still picture. */
export type StillFormat = 'png' | 'jpeg' | 'webp'

/** What has to be known of the pixels. */
export interface StillOptions {
  /** Is the colour multiplied by alpha already, as a painter gives it? Default true. */
  readonly premultiplied?: boolean
}

/** RGBA → a picture file. JPEG has no transparency: what shines through lies on white. Deterministic. */
export async function encodeStill(
  rgba: Buffer,
  width: number,
  height: number,
  format: StillFormat,
  { premultiplied = true }: StillOptions = {},
): Promise<Buffer> {
  const image = sharp(rgba, { raw: { width, height, channels: 4, premultiplied } })
  switch (format) {
    case 'png':
      return image.png({ compressionLevel: 6 }).toBuffer()
    case 'jpeg':
      return image
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
        .toBuffer()
    case 'webp':
      return image.webp({ quality: 90 }).toBuffer()
  }
}
