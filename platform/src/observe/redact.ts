/** What stands in the place of a secret. */
const HIDDEN = '***'
/** So deep are values looked into, and so many parts of one are kept: a log is no dump. */
const [DEEPEST, MOST_PARTS] = [6, 50]
/** Characters of a text that are kept. */
const LONGEST = 8_000

/** Fields whose values are secrets, or may hold whole rows with secrets in them. */
const SECRET_FIELD =
  /^(.*(password|passwd|passphrase|secret|token|credential|cookie|authorization|signature).*|(api|private|signing|service|encryption)?_?keys?|otp|pin|codes?|detail|where|internalQuery|parameters|params|body|input)$/i
/** A failure's code has letters, or is an SQLSTATE; what people type is neither. */
const FAILURE_CODE = /^([A-Z][A-Z0-9_]+|[0-9A-Z]{5})$/

/** How secrets look in the middle of a text, and what is left of each. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/\bfr\w?_[\w-]{12,}/g, HIDDEN],
  [/\bwhsec_[\w+/=-]+/g, HIDDEN],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)*/g, HIDDEN],
  [/\$argon2\w*\$[^\s"']+/g, HIDDEN],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/]+@/gi, `$1:${HIDDEN}@`],
  [/\b((?:set-)?cookie|authorization)(["']?\s*[:=]\s*)[^\n]+/gi, `$1$2${HIDDEN}`],
  [
    /\b(\w*(?:password|passwd|secret|token|signature|api_?key|private_?key)\w*)(["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(codes?|otp|pin)(["']?\s*[:=]?\s*["']?)\d{4,8}\b/gi, `$1$2${HIDDEN}`],
]

/** A text without the secrets that can be told by their looks. */
export function redactText(text: string): string {
  let clean = text.slice(0, LONGEST)
  for (const [pattern, left] of SECRETS) clean = clean.replace(pattern, left)
  return clean
}

/** A value as it may be logged: plain, of limited size, without secrets; errors with their stacks, causes and fields. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
  if (value instanceof Date) return value
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (depth >= DEEPEST) return '…'
  if (Array.isArray(value)) return value.slice(0, MOST_PARTS).map((part) => redact(part, depth + 1))
  return value instanceof Error ? redactError(value, depth) : redactFields(value, depth)
}

function redactError(error: Error, depth: number): object {
  const { name, message, stack, cause } = error
  return {
    type: name,
    message: redactText(message),
    ...(stack !== undefined && { stack: redactText(stack) }),
    ...redactFields(error, depth),
    ...(cause !== undefined && { cause: redact(cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: redact(error.errors, depth + 1) }),
  }
}

function redactFields(value: object, depth: number): object {
  const entries = Object.entries(value).slice(0, MOST_PARTS)
  return Object.fromEntries(
    entries.map(([name, part]) => [name, isSecret(name, part) ? HIDDEN : redact(part, depth + 1)]),
  )
}

function isSecret(name: string, part: unknown): boolean {
  if (!SECRET_FIELD.test(name) || part === undefined || part === null) return false
  return !(name === 'code' && typeof part === 'string' && FAILURE_CODE.test(part))
}
