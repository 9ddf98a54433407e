/**
 * A `Content-Disposition` that saves an answer as a file of this name (RFC 6266): whole in the form of RFC 8187, and for old
 * programs with what ASCII has of it.
 */
export function writeDisposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
