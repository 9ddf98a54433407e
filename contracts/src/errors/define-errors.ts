/** What went wrong, as data: the sentence needs it, and a machine may read it. Never secrets. */
export type ErrorData = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** One expected failure. Anything that has no definition is a bug and looks like one. */
export interface ErrorDefinition {
  /** HTTP status of the failure when a service answers with it (RFC 9457). */
  readonly status: number
  /** May the very same request succeed later? */
  readonly retryable: boolean
  /** What happened and where, in one sentence; `{name}` is filled from the error's data, `[…]` said where that holds its names. */
  readonly sentence: string
  /** What to do about it, in one sentence; filled likewise. */
  readonly remedy: string
}

/** Checks the table's type and keeps its codes as literal types. */
export function defineErrors<Code extends string>(
  table: Readonly<Record<Code, ErrorDefinition>>,
): Readonly<Record<Code, ErrorDefinition>> {
  return table
}

/**
 * Writes the data into a sentence; lists are joined by commas, what is absent stays visible as `{name}`. What stands in
 * brackets is left out where a name of its own is absent.
 */
export function fillSentence(sentence: string, data: ErrorData): string {
  const said = sentence.replace(/\[([^\]]*)\]/g, (_whole, part: string) =>
    [...part.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => data[name] !== undefined) ? part : '',
  )
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = data[name]
    if (value === undefined) return whole
    return Array.isArray(value) ? value.join(', ') : String(value)
  })
}
