import { escapeHtml, writePage } from './layout.ts'

/** What runs, where the reference is, and the first command to try. */
export function writeHomePage({
  version,
  routes,
  host,
}: {
  version: string
  routes: number
  /** Where the reader found us. */
  host: string
}): string {
  const first = `curl ${escapeHtml(host)}/api/v1/auth/login \\
  -H 'content-type: application/json' \\
  -d '{"email":"owner@flatrender.local","password":"…"}'`
  return writePage(
    'FlatRender',
    `<h1>Your video platform is running.</h1>
<p>This is the back end: people, tenants, keys and templates. The password of its owner was printed when it started
for the first time.</p>
<h2>Log in</h2>
<pre>${first}</pre>
<p>The answer holds an access token for <code>Authorization: Bearer</code>.</p>
<dl>
<div><dt>Reference</dt><dd><a href="/docs">${routes} routes</a></dd></div>
<div><dt>For machines</dt><dd><a href="/openapi.json">OpenAPI 3.1</a></dd></div>
<div><dt>Health</dt><dd><a href="/readyz">readyz</a></dd></div>
<div><dt>Version</dt><dd>${version}</dd></div>
</dl>`,
  )
}
