/** What the command line asked for: which test files to run, and which options go to Node as they are. */
export interface TestChoice {
  readonly files: readonly string[]
  readonly options: readonly string[]
}

/**
 * Words that begin with a dash are Node's own options (`--test-name-pattern=…`); every other word keeps the
 * test files whose path contains it. Without any word all files are chosen.
 */
export function chooseTests(files: readonly string[], words: readonly string[]): TestChoice {
  const options = words.filter((word) => word.startsWith('-'))
  const filters = words
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.replaceAll('\\', '/').replace(/^\.\//, ''))
  const chosen =
    filters.length === 0 ? files : files.filter((file) => filters.some((filter) => file.includes(filter)))
  return { files: chosen, options }
}
