import type { Verdict } from './check.ts'

/** A Markdown page of ours. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}

const link = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g
const namedFile =
  /`((?:contracts|engine|apps|templates|bench|tools|docs)\/[\w./-]*\.(?:ts|mjs|md|json|wasm))`/g

/** Refuses links to pages, and names of our files in backticks, that lead nowhere. */
export function checkPageLinks(pages: readonly Page[], exists: (path: string) => boolean): Verdict {
  const problems = pages.flatMap(({ path, text }) => {
    const folder = path.split('/').slice(0, -1)
    const links = matches(text, link)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => resolve(folder, target))
    return [...links, ...matches(text, namedFile)]
      .filter((target) => !exists(target))
      .map((target) => `${path} names ${target}, which does not exist`)
  })
  return { problems: [...new Set(problems)] }
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

function resolve(folder: readonly string[], target: string): string {
  const path = [...folder]
  for (const part of target.split('/')) {
    if (part === '..') path.pop()
    else if (part !== '.' && part !== '') path.push(part)
  }
  return path.join('/')
}
