import type { Client } from 'pg'
import type { TestSchema } from './test-schema.ts'

/** Makes the template of this version if there is none yet, and gives its name. One at a time. */
export async function makeTemplate(
  admin: Client,
  { version, prepare }: TestSchema,
  urlOf: (database: string) => string,
): Promise<string> {
  const template = `template_${version}`
  const { rows } = await admin.query<{ done: boolean }>(
    'select datistemplate as done from pg_database where datname = $1',
    [template],
  )
  if (rows[0]?.done === true) return template
  // What a killed process left is half done.
  await admin.query(`drop database if exists ${template} with (force)`)
  await admin.query(`create database ${template}`)
  await prepare(urlOf(template))
  // Nobody may change it any more, nor keep it from being copied.
  await admin.query(`alter database ${template} with is_template true allow_connections false`)
  return template
}
