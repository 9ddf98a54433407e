import { errorDefinitions } from '@flatrender/contracts/errors'
import { manifestSchema, modificationsSchema } from '@flatrender/contracts/template'
import { describeCli } from './describe-cli.ts'
import { writeErrorsPage } from './errors-page.ts'
import type { JsonSchema } from './json-schema.ts'
import { makeJsonSchema } from './make-json-schema.ts'
import type { ReferencePage } from './reference-page.ts'
import { writeTemplatePage } from './template-page.ts'

/** All generated pages, as they should be now. */
export function makeReferencePages(): ReferencePage[] {
  const manifest = makeJsonSchema('manifest', 'The manifest of a FlatRender template', manifestSchema)
  const modifications = makeJsonSchema(
    'modifications',
    'What a person gives to a FlatRender template',
    modificationsSchema,
  )
  return [
    { path: 'docs/reference/errors.md', text: writeErrorsPage(errorDefinitions) },
    { path: 'docs/reference/template.schema.json', text: print(manifest) },
    { path: 'docs/reference/modifications.schema.json', text: print(modifications) },
    { path: 'docs/reference/cli.md', text: describeCli() },
    { path: 'docs/reference/template.md', text: writeTemplatePage(manifest, modifications) },
  ]
}

function print(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}
