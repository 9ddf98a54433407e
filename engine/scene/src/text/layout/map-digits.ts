import type { DigitStyle } from '@flatrender/contracts/template'

const zeros = {
  latin: 0x30,
  arabic: 0x660,
  persian: 0x6f0,
  devanagari: 0x966,
  bengali: 0x9e6,
  thai: 0xe50,
} as const

const anyDigit = /[0-9٠-٩۰-۹०-९০-৯๐-๙]/g

/** Writes decimal digits of any of the known kinds in the wanted one; the length stays the same. */
export function mapDigits(text: string, style: DigitStyle): string {
  if (style === 'keep') return text
  const zero = zeros[style]
  return text.replace(anyDigit, (digit) => {
    const code = digit.charCodeAt(0)
    const from = Object.values(zeros).find((start) => code >= start && code < start + 10) ?? 0x30
    return String.fromCharCode(zero + code - from)
  })
}
