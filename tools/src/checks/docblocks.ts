import { type SourceFile, servesTests } from '../repository/source-file.ts'
import type { Verdict } from './check.ts'

const exported =
  /^export (?:declare )?(?:async )?(?:abstract )?(function\*?|const|interface|type|class) (\w+)(.*)$/

/** A type that is read off a value (`z.infer<typeof scene>`); the value carries the docblock. */
const readOffValue = /^(?:<.*>)? = (?:z\.(?:infer|input|output)<|\(?(?:keyof )?\(?typeof )/

/**
 * Asks for a docblock before every exported symbol: what it is, in which units, what it throws. It reads lines,
 * not syntax, which is right as long as the formatter has put each export at the beginning of a line.
 */
export function checkDocblocks(sources: readonly SourceFile[]): Verdict {
  const problems = sources
    .filter((source) => !servesTests(source.path))
    .flatMap((source) => findBare(source.text).map((found) => `${source.path}:${found}`))
  return { problems }
}

function findBare(text: string): string[] {
  const lines = text.split('\n')
  const documented = new Set<string>()
  return lines.flatMap((line, index) => {
    const match = exported.exec(line)
    if (match === null) return []
    const [, kind, name = '', rest = ''] = match
    // A second signature of a function, and a type that shares a value's name, are covered by the first.
    if ((lines[index - 1] ?? '').trimEnd().endsWith('*/') || documented.has(name)) {
      documented.add(name)
      return []
    }
    if (kind === 'type' && readOffValue.test(rest)) return []
    return [`${index + 1}: ${kind} ${name} has no docblock`]
  })
}
