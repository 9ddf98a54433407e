import { errorDefinitions } from '@flatrender/contracts/errors'
import { formatText, writePage } from './layout.ts'

/** Every error code, where a problem's `type` leads. */
export function writeErrorsPage(): string {
  const entries = Object.entries(errorDefinitions).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const cards = entries.map(
    ([code, { status, sentence, remedy }]) =>
      `<article id="${code}"><h3><span class="verb">${status}</span><code>${code}</code></h3><p class="summary">${formatText(sentence)}</p><p>${formatText(remedy)}</p></article>`,
  )
  return writePage(
    'FlatRender errors',
    `<h1>Errors</h1>
<p>What a problem’s <code>code</code> means, and what to do.</p>
${cards.join('\n')}`,
  )
}
