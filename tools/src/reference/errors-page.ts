import type { ErrorDefinition } from '@flatrender/contracts/errors'

const intro = `# Errors

Every expected failure has a code, a sentence that says what happened and where, and a remedy. Codes are never
reused. \`{name}\` is filled from the error's data, and what stands in brackets is said where that is known. Whatever
fails without one of these codes is a bug of ours.

The status is the HTTP status that belongs to the failure: below 500 it is the input's, and the command line ends
with 2 (130 when you cancelled it); from 500 on it is the machine's, and it ends with 1. *Retryable* means that the
very same request may succeed later.

Some codes are findings: \`flatrender template check\` and a render tell them and go on.
`

/** The page of all error codes, grouped by the noun that they begin with. */
export function writeErrorsPage(definitions: Readonly<Record<string, ErrorDefinition>>): string {
  const codes = Object.keys(definitions).sort()
  const nouns = [...new Set(codes.map(nounOf))]
  const groups = nouns.map((noun) => {
    const entries = codes.filter((code) => nounOf(code) === noun)
    return `## ${noun}\n\n${entries.map((code) => describe(code, definitions[code])).join('\n')}`
  })
  return `${intro}\n${groups.join('\n')}`
}

function nounOf(code: string): string {
  return code.split('_')[0] ?? code
}

function describe(code: string, definition: ErrorDefinition | undefined): string {
  if (definition === undefined) return ''
  const { status, retryable, sentence, remedy } = definition
  return `### ${code}\n\n${sentence}\n\n*Remedy:* ${remedy}\n\nStatus ${status}${retryable ? ', retryable' : ''}.\n`
}
