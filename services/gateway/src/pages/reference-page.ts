import type { ListedRoute } from '../openapi/list-routes.ts'
import { escapeHtml, writePage } from './layout.ts'

/** The API's reference, a card for each route. */
export function writeReferencePage(routes: readonly ListedRoute[], version: string): string {
  const groups = Map.groupBy(routes, ({ tag }) => tag)
  const sections = [...groups].map(
    ([tag, listed]) => `<h2>${escapeHtml(tag)}</h2>\n${listed.map(writeRoute).join('\n')}`,
  )
  return writePage(
    'FlatRender API',
    `<h1>API reference</h1>
<p>Version ${escapeHtml(version)}. Bodies are JSON. Send an access token or an API key as
<code>Authorization: Bearer …</code>. Failures are <code>application/problem+json</code> with a stable <code>code</code>.
For machines: <a href="/openapi.json">openapi.json</a>.</p>
${sections.join('\n')}`,
  )
}

function writeRoute({ method, path, summary, description, fields }: ListedRoute): string {
  const body = fields.length === 0 ? '' : `<p>Body: <code>${escapeHtml(fields.join(', '))}</code></p>`
  const more = description === '' ? '' : `<p>${escapeHtml(description)}</p>`
  return `<article><span class="verb">${method}</span><code>${escapeHtml(path)}</code>
<p>${escapeHtml(summary)}</p>${more}${body}</article>`
}
