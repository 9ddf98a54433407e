import sharp from 'sharp'

/** Sizes of a contact sheet. */
export interface SheetLayout {
  /** Pixels of one picture. */
  readonly width: number
  readonly height: number
  readonly columns: number
}

/** Space around every picture, pixels. */
const GAP = 16

/** Puts pictures of one size (premultiplied RGBA, as a painter gives them) side by side, row by row, into a PNG. */
export async function composeSheet(
  pictures: readonly Buffer[],
  { width, height, columns }: SheetLayout,
): Promise<Buffer> {
  const rows = Math.ceil(pictures.length / columns)
  const sheet = sharp({
    create: {
      width: columns * (width + GAP) + GAP,
      height: rows * (height + GAP) + GAP,
      channels: 4,
      background: '#202124',
    },
  })
  const placed = pictures.map((input, index) => ({
    input,
    raw: { width, height, channels: 4 as const, premultiplied: true },
    left: GAP + (index % columns) * (width + GAP),
    top: GAP + Math.floor(index / columns) * (height + GAP),
  }))
  return sheet.composite(placed).png().toBuffer()
}
