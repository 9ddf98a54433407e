import { errorDefinitions } from '@flatrender/contracts/errors'
import { eventDefinitions } from '@flatrender/contracts/events'
import { manifestSchema, modificationsSchema } from '@flatrender/contracts/template'
import { writeOpenApi } from '@flatrender/service-gateway'
import packageJson from '../../../package.json' with { type: 'json' }
import { makeAsyncApiPage } from './asyncapi-page.ts'
import { makeConfigPage } from './config-page.ts'
import { describeCli } from './describe-cli.ts'
import { writeErrorsPage } from './errors-page.ts'
import { makeJsonSchema } from './make-json-schema.ts'
import type { ReferencePage } from './reference-page.ts'
import { writeTemplatePage } from './template-page.ts'

/** All generated pages, as they should be now. */
export async function makeReferencePages(): Promise<ReferencePage[]> {
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
    makeConfigPage(),
    makeAsyncApiPage(eventDefinitions, packageJson.version),
    { path: 'docs/reference/openapi.json', text: print(await writeOpenApi(packageJson.version)) },
    { path: 'docs/reference/template.md', text: writeTemplatePage(manifest, modifications) },
  ]
}

function print(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}
