/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => named[character] ?? character)
}

/** Text in which `names` stand as they do in code. */
export function formatText(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

const STYLE = `
:root { color-scheme: light dark; --ink: #17153b; --soft: #5d5b7c; --line: #dcdaea; --ground: #f7f6fb; --card: #fff; --accent: #3a2bc4; --warm: #f58549 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceaf8; --soft: #a5a2c4; --line: #322f52; --ground: #131127; --card: #1c1936; --accent: #a79dff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif }
main { max-width: 56rem; margin: 0 auto; padding: clamp(2rem, 6vw, 4.5rem) clamp(1rem, 4vw, 1.5rem) 6rem }
.mark { display: flex; align-items: center; gap: .75rem; font-weight: 700; letter-spacing: -.01em; color: inherit; text-decoration: none; width: fit-content }
.mark i { width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--accent); box-shadow: .55rem 0 0 -.28rem var(--warm) }
h1 { font-size: clamp(2rem, 5vw, 3.25rem); line-height: 1.1; letter-spacing: -.03em; margin: 2.5rem 0 1rem; max-width: 18ch; text-wrap: balance }
h2 { font-size: 1.125rem; margin: 3rem 0 1rem }
p { color: var(--soft); max-width: 62ch; margin: 0 0 1rem }
a { color: var(--accent); text-underline-offset: .2em }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem 1.25rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.7 ui-monospace, monospace; margin: 0 0 1rem }
code { font: .875em ui-monospace, monospace; overflow-wrap: anywhere }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 2rem 0 0 }
nav a { border: 1px solid var(--line); border-radius: 2rem; background: var(--card); padding: .25rem .875rem; font-size: .9375rem; text-decoration: none }
nav a:hover { border-color: var(--accent) }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: .25rem }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1rem; margin: 2.5rem 0 0 }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem }
dt { color: var(--soft); font-size: .875rem }
dd { margin: .1rem 0 0; font-weight: 600 }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin: 0 0 .75rem }
article p { margin: .25rem 0 0; font-size: .9375rem }
h3 { font-size: 1rem; font-weight: 400; line-height: 1.5; margin: 0 }
article .summary { color: var(--ink) }
article:target { border-color: var(--accent) }
ul { list-style: none; display: flex; flex-wrap: wrap; gap: .125rem 1.5rem; margin: .75rem 0 0; padding: 0; font-size: .875rem; color: var(--soft) }
.verb { display: inline-block; min-width: 4.25rem; font: 700 .8125rem ui-monospace, monospace; color: var(--accent) }
`

/** A whole page. */
export function writePage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<main>
<a class="mark" href="/"><i></i>FlatRender</a>
${body}
</main>
</html>
`
}
