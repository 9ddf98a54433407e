/**
 * A picture for tests, as premultiplied RGBA: a gradient, a bar that moves with the frame, and with `alpha` a
 * transparent right half. Any two frames differ.
 */
export function paintTestCard(frame: number, width: number, height: number, alpha = false): Buffer {
  const rgba = Buffer.alloc(width * height * 4)
  const bar = (frame * 4) % width
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      const inBar = x >= bar && x < bar + 8
      const opacity = alpha && x >= width / 2 ? 128 : 255
      rgba[at] = ((inBar ? 255 : (x * 255) / width) * opacity) / 255
      rgba[at + 1] = ((inBar ? 255 : (y * 255) / height) * opacity) / 255
      rgba[at + 2] = ((inBar ? 0 : (frame * 5) % 256) * opacity) / 255
      rgba[at + 3] = opacity
    }
  }
  return rgba
}
