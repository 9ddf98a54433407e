/** Sections of the page of performance, in the order in which they stand. */
const TITLES = ['The engine', 'The back end', 'Dispatch', 'Render nodes'] as const

const HEAD = `# Performance

Each section is written by its benchmark with \`--write\`, with the machine that it was taken on.
`

/** Puts a section, Markdown from its heading of the second level on, into the page, where it stands or belongs. */
export function replaceSection(page: string, section: string): string {
  const kept = new Map([...page.split(/^(?=## )/m), section].map((text) => [titleOf(text), text.trimEnd()]))
  const sections = TITLES.map((title) => kept.get(title)).filter((text) => text !== undefined)
  return `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`
}

function titleOf(section: string): string {
  return /^## (.*)$/m.exec(section)?.[1] ?? ''
}
