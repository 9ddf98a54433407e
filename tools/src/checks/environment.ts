import { type SourceFile, servesTests } from '../repository/source-file.ts'
import type { Verdict } from './check.ts'

const mayRead = /^(apps|tools|bench)\//

/** Refuses `process.env` where it would be a hidden parameter: configuration reaches an engine as an argument. */
export function checkEnvironment(sources: readonly SourceFile[]): Verdict {
  const problems = sources
    .filter((source) => !mayRead.test(source.path) && !servesTests(source.path))
    .flatMap((source) =>
      source.text
        .split('\n')
        .flatMap((line, index) =>
          /\bprocess\s*\.\s*env\b/.test(line)
            ? [`${source.path}:${index + 1}: process.env is read by apps, tools and bench only`]
            : [],
        ),
    )
  return { problems }
}
