import { describeType } from './describe-type.ts'
import type { JsonSchema } from './json-schema.ts'

const intro = `# The template package

A template is a dotLottie v2 archive (\`.lottie\`, a ZIP), or the same files in a folder, with one file more:

| file | what it is |
|---|---|
| \`flatrender.json\` | the manifest below: what a person may change, and how scenes follow each other |
| \`manifest.json\` | dotLottie's own manifest, which lists the animations for other players |
| \`a/\` | the animations, Lottie JSON: one for each scene and format |
| \`i/\` | pictures that the animations refer to |
| \`fonts/\` | fonts, named in the manifest with the SHA-256 of their content |
| \`audio/\` | music and sounds of the template |
| \`data/\` | sample modifications, a file for each language, and their media |

The engine looks for \`flatrender.json\`; where all else is, the manifest or an animation says. \`manifest.json\`, \`a/\` and
\`i/\` are dotLottie's names, by which other players find the animations.

Only files inside the package are ever read. Its content hash is the SHA-256 over all paths and contents in sorted
order, and packing the same files gives the same bytes.

A slot's id is the \`sid\` of Lottie properties or assets; \`boolean\` and \`choice\` slots name layers by path. Two
Lottie markers say what may be stretched when a scene lasts longer than it was designed: \`flatrender:hold\` and
\`flatrender:loop\`. Outside them everything keeps its timing.

The JSON Schemas are [template.schema.json](template.schema.json) and
[modifications.schema.json](modifications.schema.json).
`

/** The page of the package: its files, then each part of the manifest and of modifications as a table. */
export function writeTemplatePage(manifest: JsonSchema, modifications: JsonSchema): string {
  const parts = new Map<string, JsonSchema>([
    ['manifest', manifest],
    ...Object.entries(manifest.$defs ?? {}),
    ['modifications', modifications],
    ...Object.entries(modifications.$defs ?? {}),
  ])
  const sections = [...parts].map(([name, schema]) => writeSection(name, schema))
  return `${intro}\n${sections.join('\n')}`
}

function writeSection(name: string, schema: JsonSchema): string {
  const head = `## ${name}\n${schema.description === undefined ? '' : `\n${schema.description}\n`}`
  if (schema.properties === undefined) return `${head}\n${describeType(schema)}\n`
  const rows = Object.entries(schema.properties).map(([field, value]) => {
    const needed = schema.required?.includes(field) ? 'required' : describeDefault(value)
    return `| \`${field}\` | ${describeType(value)} | ${needed} | ${escapePipes(value.description ?? '')} |`
  })
  return `${head}\n| field | takes | when absent | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function describeDefault(schema: JsonSchema): string {
  if (schema.default === undefined) return ''
  const value = JSON.stringify(schema.default)
  return value === '{}' || value === '[]' ? 'none' : `\`${value}\``
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|')
}
