/** Do these bytes begin an SVG document? Skips a byte order mark, declarations, doctype and comments. */
export function sniffSvg(start: Buffer): boolean {
  const utf16 = start[0] === 0xff && start[1] === 0xfe
  let text = start.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  for (;;) {
    const next = text.replace(/^\s*(<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(\[[\s\S]*?\]\s*)?>)/i, '')
    if (next === text) break
    text = next
  }
  return /^\s*<(\w+:)?svg[\s>]/i.test(text)
}
