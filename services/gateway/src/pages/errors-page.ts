import { errorDefinitions } from '@flatrender/contracts/errors'
import { escapeHtml, writePage } from './layout.ts'

/** Every error code, where a problem's `type` leads. */
export function writeErrorsPage(): string {
  const entries = Object.entries(errorDefinitions).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const cards = entries.map(
    ([code, { status, sentence, remedy }]) =>
      `<article id="${code}"><code>${code}</code> ${status}<p>${escapeHtml(sentence)}</p><p>${escapeHtml(remedy)}</p></article>`,
  )
  return writePage(
    'FlatRender errors',
    `<h1>Errors</h1>
<p>What a problem’s <code>code</code> means, and what to do.</p>
${cards.join('\n')}`,
  )
}
