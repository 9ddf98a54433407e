const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [BRACKET, BRACE] = [0x5b, 0x7b]
const [BRACKET_END, BRACE_END] = [0x5d, 0x7d]

/** Do lists and objects lie within each other in more than so many levels? Reads a JSON's text, without parsing it. */
export function isNestedDeeper(json: string, levels: number): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfString(json, at + 1)
    else if (code === BRACKET || code === BRACE) {
      if (++depth > levels) return true
    } else if (code === BRACKET_END || code === BRACE_END) depth--
  }
  return false
}

function endOfString(json: string, from: number): number {
  let at = from
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}
