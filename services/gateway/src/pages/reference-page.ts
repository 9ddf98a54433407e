import type { ListedRoute } from '../openapi/list-routes.ts'
import { escapeHtml, formatText, writePage } from './layout.ts'

/** The API's reference: its groups, and a card for each route. */
export function writeReferencePage(routes: readonly ListedRoute[], version: string): string {
  const groups = [...Map.groupBy(routes, ({ tag }) => tag)]
  const links = groups.map(([tag]) => `<a href="#${idOf(tag)}">${escapeHtml(tag)}</a>`)
  const sections = groups.map(
    ([tag, listed]) => `<h2 id="${idOf(tag)}">${escapeHtml(tag)}</h2>\n${listed.map(writeRoute).join('\n')}`,
  )
  return writePage(
    'FlatRender API',
    `<h1>API reference</h1>
<p>Version ${escapeHtml(version)}. Bodies are JSON. Send an access token or an API key as
<code>Authorization: Bearer …</code>. What creates something takes an <code>Idempotency-Key</code>. Failures are
<code>application/problem+json</code> with a stable <code>code</code>: <a href="/docs/errors">all errors</a>. For machines:
<a href="/openapi.json">openapi.json</a>. A name with * has to be there.</p>
<nav>${links.join('')}</nav>
${sections.join('\n')}`,
  )
}

function writeRoute(route: ListedRoute): string {
  const { method, path, summary, description, permission, query, fields, status } = route
  const facts = [
    ['Needs', permission ?? 'nothing'],
    ['Query', query.join(', ')],
    ['Body', fields.join(', ')],
    ['Answers', status],
  ].filter(([, text]) => text !== '')
  const list = facts.map(([name, text = '']) => `<li>${name} <code>${escapeHtml(text)}</code></li>`)
  const more = description === '' ? '' : `<p>${formatText(description)}</p>`
  return `<article><h3><span class="verb">${method}</span><code>${escapeHtml(path)}</code></h3>
<p class="summary">${formatText(summary)}</p>${more}<ul>${list.join('')}</ul></article>`
}

function idOf(tag: string): string {
  return tag.toLowerCase().replaceAll(/\W+/g, '-')
}
